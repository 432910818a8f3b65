namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>
/// The server that most test classes share, since starting one takes longer than most tests. Each test has tenants of its own, and looks
/// only at them.
/// </summary>
public sealed class SharedServer(PostgresServer postgres) : AccountsServer(postgres)
{
    public override async ValueTask InitializeAsync() => Use(await Postgres.ShareServerAsync());
}
