namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>
/// A server that does not connect to the workers of a cluster, for tests of what happens on the way to the node of the connection string,
/// or with settings of that node alone.
/// </summary>
public class CoordinatorOnlyServer(PostgresServer postgres) : AccountsServer(postgres)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Database:ConnectToWorkers"] = "false",
    };
}
