namespace Thena.Accounts.Api.Administration;

/// <summary>What <c>database migrate</c> prints.</summary>
/// <param name="Migrated">The schema is up to date.</param>
internal sealed record MigrationResponse(bool Migrated);
