using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Thena.Accounts.Core.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class ReferenceVersions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "reference_versions",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reference_versions", x => x.organization_id);
                });

            // Not in the transaction that builds the index in its place. A write that began meanwhile would wait for that transaction, and
            // the transaction for the write.
            migrationBuilder.DropIndex(
                name: "ix_accounts_organization_id_search",
                table: "accounts");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "reference_versions");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_search",
                table: "accounts",
                columns: new[] { "organization_id", "search" },
                filter: "deleted_at is null")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { null, "gin_trgm_ops" });
        }
    }
}
