using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Thena.Accounts.Postgres.Schema.Migrations
{
    /// <inheritdoc />
    public partial class DueDeliveries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_webhook_deliveries_organization_id_webhook_id_next_attempt_",
                table: "webhook_deliveries");

            migrationBuilder.DropIndex(
                name: "ix_webhook_deliveries_organization_id_webhook_id_record_id_seq",
                table: "webhook_deliveries");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_organization_id_webhook_id_next_attempt_",
                table: "webhook_deliveries",
                columns: new[] { "organization_id", "webhook_id", "next_attempt_at", "id" },
                filter: "status = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_organization_id_webhook_id_record_id_seq",
                table: "webhook_deliveries",
                columns: new[] { "organization_id", "webhook_id", "record_id", "sequence", "id" },
                filter: "status = 'pending'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_webhook_deliveries_organization_id_webhook_id_next_attempt_",
                table: "webhook_deliveries");

            migrationBuilder.DropIndex(
                name: "ix_webhook_deliveries_organization_id_webhook_id_record_id_seq",
                table: "webhook_deliveries");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_organization_id_webhook_id_next_attempt_",
                table: "webhook_deliveries",
                columns: new[] { "organization_id", "webhook_id", "next_attempt_at" },
                filter: "status = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_organization_id_webhook_id_record_id_seq",
                table: "webhook_deliveries",
                columns: new[] { "organization_id", "webhook_id", "record_id", "sequence" },
                filter: "status = 'pending'");
        }
    }
}
