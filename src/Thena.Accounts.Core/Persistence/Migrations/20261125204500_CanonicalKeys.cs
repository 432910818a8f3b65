using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Thena.Accounts.Core.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class CanonicalKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The migrator runs KeyUpgrade before this migration, which only records that it has been done.
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Keys of today satisfy earlier versions too.
        }
    }
}
