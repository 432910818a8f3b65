using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Thena.Accounts.Core.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class ListIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_tasks_organization_id_activity_id",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_organization_id_creator_id",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_organization_id_priority_id",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_organization_id_status_id",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_organization_id_type_id",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_relationships_organization_id_account_id",
                table: "relationships");

            migrationBuilder.DropIndex(
                name: "ix_relationships_organization_id_related_account_id",
                table: "relationships");

            migrationBuilder.DropIndex(
                name: "ix_relationships_organization_id_type_id",
                table: "relationships");

            migrationBuilder.DropIndex(
                name: "ix_notes_organization_id_author_id",
                table: "notes");

            migrationBuilder.DropIndex(
                name: "ix_notes_organization_id_type_id",
                table: "notes");

            migrationBuilder.DropIndex(
                name: "ix_contacts_organization_id_contact_type_id",
                table: "contacts");

            migrationBuilder.DropIndex(
                name: "ix_activities_organization_id_creator_id",
                table: "activities");

            migrationBuilder.DropIndex(
                name: "ix_activities_organization_id_status_id",
                table: "activities");

            migrationBuilder.DropIndex(
                name: "ix_activities_organization_id_type_id",
                table: "activities");

            migrationBuilder.DropIndex(
                name: "ix_accounts_organization_id_account_owner_id",
                table: "accounts");

            migrationBuilder.DropIndex(
                name: "ix_accounts_organization_id_classification_id",
                table: "accounts");

            migrationBuilder.DropIndex(
                name: "ix_accounts_organization_id_health_id",
                table: "accounts");

            migrationBuilder.DropIndex(
                name: "ix_accounts_organization_id_industry_id",
                table: "accounts");

            migrationBuilder.DropIndex(
                name: "ix_accounts_organization_id_status_id",
                table: "accounts");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_activity_id_id",
                table: "tasks",
                columns: new[] { "organization_id", "activity_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_creator_id_id",
                table: "tasks",
                columns: new[] { "organization_id", "creator_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_priority_id_id",
                table: "tasks",
                columns: new[] { "organization_id", "priority_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_status_id_id",
                table: "tasks",
                columns: new[] { "organization_id", "status_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_type_id_id",
                table: "tasks",
                columns: new[] { "organization_id", "type_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_relationships_organization_id_account_id_id",
                table: "relationships",
                columns: new[] { "organization_id", "account_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_relationships_organization_id_related_account_id_id",
                table: "relationships",
                columns: new[] { "organization_id", "related_account_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_relationships_organization_id_type_id_id",
                table: "relationships",
                columns: new[] { "organization_id", "type_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_notes_organization_id_author_id_id",
                table: "notes",
                columns: new[] { "organization_id", "author_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_notes_organization_id_type_id_id",
                table: "notes",
                columns: new[] { "organization_id", "type_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_contacts_organization_id_contact_type_id_id",
                table: "contacts",
                columns: new[] { "organization_id", "contact_type_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_activities_organization_id_creator_id_id",
                table: "activities",
                columns: new[] { "organization_id", "creator_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_activities_organization_id_status_id_id",
                table: "activities",
                columns: new[] { "organization_id", "status_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_activities_organization_id_type_id_id",
                table: "activities",
                columns: new[] { "organization_id", "type_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_account_owner_id_id",
                table: "accounts",
                columns: new[] { "organization_id", "account_owner_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_classification_id_id",
                table: "accounts",
                columns: new[] { "organization_id", "classification_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_health_id_id",
                table: "accounts",
                columns: new[] { "organization_id", "health_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_industry_id_id",
                table: "accounts",
                columns: new[] { "organization_id", "industry_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_search_id",
                table: "accounts",
                columns: new[] { "organization_id", "search", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_source_id",
                table: "accounts",
                columns: new[] { "organization_id", "source", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_status_id_id",
                table: "accounts",
                columns: new[] { "organization_id", "status_id", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_updated_at_id",
                table: "accounts",
                columns: new[] { "organization_id", "updated_at", "id" },
                filter: "deleted_at is null");

            // Indexes on expressions, which the model cannot describe: the orders by annual revenue and employees, unset values last.
            migrationBuilder.Sql("""
                create index ix_accounts_organization_id_annual_revenue_id
                on accounts (organization_id, coalesce(annual_revenue, -1), id) where deleted_at is null
                """);
            migrationBuilder.Sql("""
                create index ix_accounts_organization_id_employees_id
                on accounts (organization_id, coalesce(employees, -1), id) where deleted_at is null
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop index ix_accounts_organization_id_annual_revenue_id");
            migrationBuilder.Sql("drop index ix_accounts_organization_id_employees_id");

            migrationBuilder.DropIndex(
                name: "ix_tasks_organization_id_activity_id_id",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_organization_id_creator_id_id",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_organization_id_priority_id_id",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_organization_id_status_id_id",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_organization_id_type_id_id",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_relationships_organization_id_account_id_id",
                table: "relationships");

            migrationBuilder.DropIndex(
                name: "ix_relationships_organization_id_related_account_id_id",
                table: "relationships");

            migrationBuilder.DropIndex(
                name: "ix_relationships_organization_id_type_id_id",
                table: "relationships");

            migrationBuilder.DropIndex(
                name: "ix_notes_organization_id_author_id_id",
                table: "notes");

            migrationBuilder.DropIndex(
                name: "ix_notes_organization_id_type_id_id",
                table: "notes");

            migrationBuilder.DropIndex(
                name: "ix_contacts_organization_id_contact_type_id_id",
                table: "contacts");

            migrationBuilder.DropIndex(
                name: "ix_activities_organization_id_creator_id_id",
                table: "activities");

            migrationBuilder.DropIndex(
                name: "ix_activities_organization_id_status_id_id",
                table: "activities");

            migrationBuilder.DropIndex(
                name: "ix_activities_organization_id_type_id_id",
                table: "activities");

            migrationBuilder.DropIndex(
                name: "ix_accounts_organization_id_account_owner_id_id",
                table: "accounts");

            migrationBuilder.DropIndex(
                name: "ix_accounts_organization_id_classification_id_id",
                table: "accounts");

            migrationBuilder.DropIndex(
                name: "ix_accounts_organization_id_health_id_id",
                table: "accounts");

            migrationBuilder.DropIndex(
                name: "ix_accounts_organization_id_industry_id_id",
                table: "accounts");

            migrationBuilder.DropIndex(
                name: "ix_accounts_organization_id_search_id",
                table: "accounts");

            migrationBuilder.DropIndex(
                name: "ix_accounts_organization_id_source_id",
                table: "accounts");

            migrationBuilder.DropIndex(
                name: "ix_accounts_organization_id_status_id_id",
                table: "accounts");

            migrationBuilder.DropIndex(
                name: "ix_accounts_organization_id_updated_at_id",
                table: "accounts");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_organization_id_activity_id",
                table: "tasks",
                columns: new[] { "organization_id", "activity_id" },
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

            migrationBuilder.CreateIndex(
                name: "ix_relationships_organization_id_account_id",
                table: "relationships",
                columns: new[] { "organization_id", "account_id" });

            migrationBuilder.CreateIndex(
                name: "ix_relationships_organization_id_related_account_id",
                table: "relationships",
                columns: new[] { "organization_id", "related_account_id" });

            migrationBuilder.CreateIndex(
                name: "ix_relationships_organization_id_type_id",
                table: "relationships",
                columns: new[] { "organization_id", "type_id" });

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
                name: "ix_contacts_organization_id_contact_type_id",
                table: "contacts",
                columns: new[] { "organization_id", "contact_type_id" },
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
                name: "ix_accounts_organization_id_account_owner_id",
                table: "accounts",
                columns: new[] { "organization_id", "account_owner_id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_classification_id",
                table: "accounts",
                columns: new[] { "organization_id", "classification_id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_health_id",
                table: "accounts",
                columns: new[] { "organization_id", "health_id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_industry_id",
                table: "accounts",
                columns: new[] { "organization_id", "industry_id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organization_id_status_id",
                table: "accounts",
                columns: new[] { "organization_id", "status_id" },
                filter: "deleted_at is null");
        }
    }
}
