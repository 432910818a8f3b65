namespace Thena.Accounts.Api.Administration;

/// <summary>The output of <c>database migrate</c>.</summary>
/// <param name="Migrated">Whether the schema is up to date.</param>
internal sealed record MigrationResponse(bool Migrated);
