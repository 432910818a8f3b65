using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Thena.Accounts.Core.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class SearchGrams : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // First, as Citus creates no function in a transaction that has worked on several shards at once. The cost tells PostgreSQL that
            // one call takes as long as the comparison of hundreds of texts, so that it asks the index instead.
            migrationBuilder.Sql("""
                create function search_grams(organization_id uuid, search text) returns tsvector
                language plpgsql immutable strict parallel safe cost 500 as
                $function$
                declare
                    prefix text := right(organization_id::text, 8);
                    grams text[];
                begin
                    for position in 1..length(search) loop
                        grams := grams || (prefix || substr(search, position, 4));
                    end loop;
                    return array_to_tsvector(grams);
                end
                $function$
                """);
            migrationBuilder.Sql("""
                create index ix_accounts_search_grams
                on accounts using gin (search_grams(organization_id, search)) where deleted_at is null
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("set local citus.multi_shard_modify_mode = 'sequential'");
            migrationBuilder.Sql("drop index ix_accounts_search_grams");
            migrationBuilder.Sql("drop function search_grams");
        }
    }
}
