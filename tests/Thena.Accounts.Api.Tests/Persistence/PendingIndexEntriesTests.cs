namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>New entries of the index of searches. The transaction that fills their list would merge them all.</summary>
public sealed class PendingIndexEntriesTests(PostgresServer postgres)
{
    [Fact]
    public async Task NewEntries_AreMergedByTheServer()
    {
        Assert.SkipWhen(postgres.Cluster is not null, "The indexes of shards are merged by those who write.");
        await using var server = new AccountsServer(postgres);
        await server.InitializeAsync();
        await server.ExecuteAsync("alter table accounts set (autovacuum_enabled = false)");
        var tenant = await server.CreateTenantAsync();
        List<long> left = [];

        for (var attempt = 0; attempt < 10 && (left.Count == 0 || left[^1] > 0); attempt++)
        {
            await CreateAsync();
            await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
            left.Add(await MergeAsync());
        }

        Assert.Equal(0, left[^1]);

        async Task CreateAsync() => (await tenant.PostAccountsAsync(Enumerable.Range(0, 500).Select(_ => Given.Account()))).Expect(201);

        // The number of pages that were left.
        Task<long> MergeAsync() => server.ReadNumberAsync("select gin_clean_pending_list('ix_accounts_search_grams')");
    }
}
