namespace Thena.Accounts.Postgres.Citus;

/// <summary>The size of an organization.</summary>
/// <param name="Id">The ID of the organization.</param>
/// <param name="Name">Its name.</param>
/// <param name="Rows">The number of its rows in all tables, deleted records included.</param>
/// <param name="Bytes">The bytes of its rows, without indexes.</param>
public sealed record OrganizationSize(string Id, string Name, long Rows, long Bytes);
