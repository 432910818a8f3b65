using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Thena.Accounts.Postgres.Schema.Migrations
{
    /// <inheritdoc />
    public partial class Changes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "users",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "tasks",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "relationships",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "relationship_types",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "notes",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "custom_fields",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "contacts",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "attribute_values",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "activities",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "accounts",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.CreateTable(
                name: "change_feed",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    change_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_feed", x => new { x.organization_id, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "change_heads",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    last_sequence = table.Column<long>(type: "bigint", nullable: false),
                    removed_sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_heads", x => x.organization_id);
                });

            migrationBuilder.CreateTable(
                name: "change_queue",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    change_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_queue", x => new { x.organization_id, x.change_id });
                });

            migrationBuilder.CreateTable(
                name: "changes",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_ids = table.Column<string>(type: "jsonb", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    changed = table.Column<string>(type: "json", nullable: false),
                    before = table.Column<string>(type: "json", nullable: true),
                    after = table.Column<string>(type: "json", nullable: true),
                    visible_to = table.Column<Guid>(type: "uuid", nullable: true),
                    before_visible_to = table.Column<Guid>(type: "uuid", nullable: true),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    api_key_id = table.Column<Guid>(type: "uuid", nullable: true),
                    request_id = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_changes", x => new { x.organization_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_changes_account_ids",
                table: "changes",
                column: "account_ids",
                filter: "account_ids is not null")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:StorageParameter:gin_pending_list_limit", 1024);

            migrationBuilder.CreateIndex(
                name: "ix_changes_organization_id_occurred_at",
                table: "changes",
                columns: new[] { "organization_id", "occurred_at" })
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_changes_organization_id_record_id_version",
                table: "changes",
                columns: new[] { "organization_id", "record_id", "version" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "change_feed");

            migrationBuilder.DropTable(
                name: "change_heads");

            migrationBuilder.DropTable(
                name: "change_queue");

            migrationBuilder.DropTable(
                name: "changes");

            migrationBuilder.DropColumn(
                name: "revision",
                table: "users");

            migrationBuilder.DropColumn(
                name: "revision",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "revision",
                table: "relationships");

            migrationBuilder.DropColumn(
                name: "revision",
                table: "relationship_types");

            migrationBuilder.DropColumn(
                name: "revision",
                table: "notes");

            migrationBuilder.DropColumn(
                name: "revision",
                table: "custom_fields");

            migrationBuilder.DropColumn(
                name: "revision",
                table: "contacts");

            migrationBuilder.DropColumn(
                name: "revision",
                table: "attribute_values");

            migrationBuilder.DropColumn(
                name: "revision",
                table: "activities");

            migrationBuilder.DropColumn(
                name: "revision",
                table: "accounts");
        }
    }
}
