using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Thena.Accounts.Core.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class ActivitiesNotesTasks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "activities",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    activity_timestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    duration = table.Column<int>(type: "integer", nullable: false),
                    location = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: true),
                    description = table.Column<string>(type: "text", nullable: true),
                    type_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status_id = table.Column<Guid>(type: "uuid", nullable: false),
                    creator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    attachments = table.Column<string>(type: "jsonb", nullable: false),
                    metadata = table.Column<string>(type: "json", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_activities", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_activities_accounts_organization_id_account_id",
                        columns: x => new { x.organization_id, x.account_id },
                        principalTable: "accounts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_activities_attribute_values_organization_id_status_id",
                        columns: x => new { x.organization_id, x.status_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_activities_attribute_values_organization_id_type_id",
                        columns: x => new { x.organization_id, x.type_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_activities_users_organization_id_creator_id",
                        columns: x => new { x.organization_id, x.creator_id },
                        principalTable: "users",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "notes",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    type_id = table.Column<Guid>(type: "uuid", nullable: false),
                    visibility = table.Column<string>(type: "text", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    attachments = table.Column<string>(type: "jsonb", nullable: false),
                    metadata = table.Column<string>(type: "json", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notes", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_notes_accounts_organization_id_account_id",
                        columns: x => new { x.organization_id, x.account_id },
                        principalTable: "accounts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_notes_attribute_values_organization_id_type_id",
                        columns: x => new { x.organization_id, x.type_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_notes_users_organization_id_author_id",
                        columns: x => new { x.organization_id, x.author_id },
                        principalTable: "users",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "activity_participants",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    activity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_activity_participants", x => new { x.organization_id, x.activity_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_activity_participants_activities_organization_id_activity_id",
                        columns: x => new { x.organization_id, x.activity_id },
                        principalTable: "activities",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_activity_participants_users_organization_id_user_id",
                        columns: x => new { x.organization_id, x.user_id },
                        principalTable: "users",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "tasks",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    activity_id = table.Column<Guid>(type: "uuid", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    assignee_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status_id = table.Column<Guid>(type: "uuid", nullable: false),
                    priority_id = table.Column<Guid>(type: "uuid", nullable: false),
                    creator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    attachments = table.Column<string>(type: "jsonb", nullable: false),
                    metadata = table.Column<string>(type: "json", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_tasks_accounts_organization_id_account_id",
                        columns: x => new { x.organization_id, x.account_id },
                        principalTable: "accounts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tasks_activities_organization_id_activity_id",
                        columns: x => new { x.organization_id, x.activity_id },
                        principalTable: "activities",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tasks_attribute_values_organization_id_priority_id",
                        columns: x => new { x.organization_id, x.priority_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tasks_attribute_values_organization_id_status_id",
                        columns: x => new { x.organization_id, x.status_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tasks_attribute_values_organization_id_type_id",
                        columns: x => new { x.organization_id, x.type_id },
                        principalTable: "attribute_values",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tasks_users_organization_id_assignee_id",
                        columns: x => new { x.organization_id, x.assignee_id },
                        principalTable: "users",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tasks_users_organization_id_creator_id",
                        columns: x => new { x.organization_id, x.creator_id },
                        principalTable: "users",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_activities_organization_id_account_id_id",
                table: "activities",
                columns: new[] { "organization_id", "account_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_activities_organization_id_creator_id",
                table: "activities",
                columns: new[] { "organization_id", "creator_id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_activities_organization_id_status_id",
                table: "activities",
                columns: new[] { "organization_id", "status_id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_activities_organization_id_type_id",
                table: "activities",
                columns: new[] { "organization_id", "type_id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_activity_participants_organization_id_user_id",
                table: "activity_participants",
                columns: new[] { "organization_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_notes_organization_id_account_id_id",
                table: "notes",
                columns: new[] { "organization_id", "account_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_notes_organization_id_author_id",
                table: "notes",
                columns: new[] { "organization_id", "author_id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_notes_organization_id_type_id",
                table: "notes",
                columns: new[] { "organization_id", "type_id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_account_id_id",
                table: "tasks",
                columns: new[] { "organization_id", "account_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_activity_id",
                table: "tasks",
                columns: new[] { "organization_id", "activity_id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_assignee_id_id",
                table: "tasks",
                columns: new[] { "organization_id", "assignee_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_creator_id",
                table: "tasks",
                columns: new[] { "organization_id", "creator_id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_priority_id",
                table: "tasks",
                columns: new[] { "organization_id", "priority_id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_status_id",
                table: "tasks",
                columns: new[] { "organization_id", "status_id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_type_id",
                table: "tasks",
                columns: new[] { "organization_id", "type_id" },
                filter: "deleted_at is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "activity_participants");

            migrationBuilder.DropTable(
                name: "notes");

            migrationBuilder.DropTable(
                name: "tasks");

            migrationBuilder.DropTable(
                name: "activities");
        }
    }
}
