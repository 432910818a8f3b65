using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Thena.Accounts.Postgres.Schema.Migrations
{
    /// <inheritdoc />
    public partial class PendingListOfSearches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // 4 MB, PostgreSQL's default: the server merges the list before it is full (ADR 28).
            migrationBuilder.Sql("alter index ix_accounts_search_grams reset (gin_pending_list_limit);");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("alter index ix_accounts_search_grams set (gin_pending_list_limit = 1024);");
        }
    }
}
