using System.Text;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Moving.Copying;

namespace Thena.Accounts.Api.Tests.Moving;

/// <summary>The IDs that imported records get.</summary>
public sealed class KeptIdTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    [Theory]
    [InlineData("01JGYPNP404WTJZMYZ0JWY0ZZK", true)]
    [InlineData("01JGYPNP504WTJZMYZ0JWY0ZZK", false)]
    [InlineData("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", false)]
    [InlineData("acc_1", false)]
    public async Task Import_OfARecord_KeepsItsIdIfItContainsTheTimeOfCreation(string id, bool keeps)
    {
        var tenant = await server.CreateTenantAsync();

        var report = await server.ImportAsync(tenant, new OneAccount(id));

        Assert.Empty(report.Refused);
        var account = Assert.Single((await tenant.Client.Get("/v1/accounts")).Expect(200).Json.EnumerateArray());
        Assert.Equal(keeps, account.Text("id") == id);
        Assert.Equal("2025-01-06T21:00:00.000Z", account.Text("createdAt"));
    }

    private sealed class OneAccount(string id) : IRecordSource
    {
        public bool IsNewestFirst => false;

        public int MaxPasses => 1;

        public bool CreatesUsers => true;

        public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string kind, CancellationToken cancellationToken) =>
            (kind == AccountKind.Plural ? new[] { Account() } : []).ToAsyncEnumerable();

        private ReadOnlyMemory<byte> Account() => Encoding.UTF8.GetBytes(
            $$"""{"id": "{{id}}", "name": "3M", "primaryDomain": "mmm.example", "createdAt": "2025-01-06T21:00:00.000Z"}""");
    }
}
