namespace Thena.Accounts.Postgres.Citus;

/// <summary>The state of the database.</summary>
/// <param name="Version">The latest migration that the database has.</param>
/// <param name="Applied">The migrations of this program that the database has.</param>
/// <param name="Pending">The migrations that the database lacks.</param>
/// <param name="Unknown">The migrations that the database has from a newer program.</param>
/// <param name="Distributed">Whether all tables are distributed over the nodes of a Citus cluster.</param>
/// <param name="Shards">The number of shards per table; 0 if the tables are not distributed.</param>
/// <param name="Nodes">The nodes that have shards, as host and port.</param>
/// <param name="LargestOrganizations">The ten largest organizations, the largest first.</param>
public sealed record DatabaseStatus(
    string Version,
    IReadOnlyList<string> Applied,
    IReadOnlyList<string> Pending,
    IReadOnlyList<string> Unknown,
    bool Distributed,
    long Shards,
    IReadOnlyList<string> Nodes,
    IReadOnlyList<OrganizationSize> LargestOrganizations);
