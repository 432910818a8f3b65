namespace Thena.Accounts.Postgres.Citus;

/// <summary>The state of the database.</summary>
/// <param name="Version">The latest migration.</param>
/// <param name="Distributed">Whether all tables are distributed over the nodes of a Citus cluster.</param>
/// <param name="Shards">The number of shards per table; 0 if the tables are not distributed.</param>
/// <param name="Nodes">The nodes that have shards, as host and port.</param>
/// <param name="LargestOrganizations">The ten largest organizations, the largest first.</param>
public sealed record DatabaseStatus(
    string Version,
    bool Distributed,
    long Shards,
    IReadOnlyList<string> Nodes,
    IReadOnlyList<OrganizationSize> LargestOrganizations);
