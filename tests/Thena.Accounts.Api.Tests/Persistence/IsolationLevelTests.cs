using Npgsql;

namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>A database whose transactions are not READ COMMITTED by default, as the server needs them.</summary>
public sealed class IsolationLevelTests(IsolationLevelTests.StrictServer server) : IClassFixture<IsolationLevelTests.StrictServer>
{
    [Fact]
    public async Task DeleteType_WhileARelationshipOfItIsCreated_SeesTheRelationship()
    {
        var tenant = await server.CreateTenantAsync();
        var type = await tenant.FindRelationshipTypeIdAsync("Parent");
        var (first, second) = ((await tenant.PostAccountAsync()).Expect(201).Id, (await tenant.PostAccountAsync()).Expect(201).Id);
        await using var locked = await LockedRows.LockAsync(server, "relationship_types", type);

        await locked.QueueAsync(() => tenant.PostRelationshipAsync(first, second, type));
        await locked.QueueAsync(() => tenant.DeleteRelationshipTypeAsync(type));
        var answers = await locked.ReleaseAsync();

        answers[0].Expect(201);
        answers[1].ExpectError(409, "Relationship type is in use!");
    }

    /// <summary>A server whose sessions have another default.</summary>
    public sealed class StrictServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        protected override async Task<string> CreateDatabaseAsync(PostgresServer server) =>
            new NpgsqlConnectionStringBuilder(await base.CreateDatabaseAsync(server))
            {
                Options = "-c default_transaction_isolation=repeatable\\ read",
            }.ConnectionString;
    }
}
