using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Thena.Accounts.Core;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Idempotency;

namespace Thena.Accounts.Api.Tests.Conditions;

public sealed class IdempotencyTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private const string Header = "Idempotency-Key";
    private const string Replayed = "Idempotency-Replayed";
    private const string Malformed = "Idempotency-Key must be 1 to 255 visible ASCII characters, quoted or not";
    private const string Reused = "This Idempotency-Key was already used for a different request!";

    public static TheoryData<string> Operations { get; } = [.. WriteOperation.Names];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Write_SentTwiceWithOneKey_HasOneEffectAndTheSameAnswer(string operation)
    {
        var tenant = await server.CreateTenantAsync();
        var request = await WriteOperation.PrepareAsync(operation, tenant);
        var key = NewKey();

        var first = await tenant.Client.Send(request, (Header, key));
        var content = await server.ReadContentAsync();
        var second = await tenant.Client.Send(request, (Header, $"\"{key}\""));

        Assert.InRange((int)first.Status, 200, 201);
        Assert.Equal((first.Status, first.Text), (second.Status, second.Text));
        Assert.Equal(first.Headers.GetValueOrDefault("ETag"), second.Headers.GetValueOrDefault("ETag"));
        Assert.Equal(first.Headers.GetValueOrDefault("Content-Type"), second.Headers.GetValueOrDefault("Content-Type"));
        Assert.DoesNotContain(Replayed, first.Headers);
        Assert.Equal("true", second.Headers[Replayed]);
        Assert.Equal(content, await server.ReadContentAsync());
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Write_WithAKeyOfAnotherRequest_Answers422AndChangesNothing(string operation)
    {
        var tenant = await server.CreateTenantAsync();
        var key = NewKey();
        (await tenant.Client.Send(await WriteOperation.PrepareAsync("POST accounts", tenant), (Header, key))).Expect(201);
        var request = await WriteOperation.PrepareAsync(operation, tenant);
        var content = await server.ReadContentAsync();

        (await tenant.Client.Send(request, (Header, key))).ExpectError(422, Reused);

        Assert.Equal(content, await server.ReadContentAsync());
        Assert.InRange((int)(await tenant.Client.Send(request, (Header, NewKey()))).Status, 200, 201);
    }

    [Fact]
    public async Task Write_WithAKeyOfAnotherUserOrOrganization_IsARequestOfItsOwn()
    {
        var tenant = await server.CreateTenantAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        var other = await server.CreateTenantAsync();
        var key = NewKey();

        var ids = new HashSet<string>();
        foreach (var caller in new[] { tenant, colleague, other })
        {
            var created = await caller.Client.Send(Create(), (Header, key));
            Assert.DoesNotContain(Replayed, created.Headers);
            Assert.True(ids.Add(created.Expect(201).Id));
        }
    }

    [Fact]
    public async Task Write_ThatWasRefused_CanSucceedWithTheSameKey()
    {
        var tenant = await server.CreateTenantAsync();
        var key = NewKey();
        var domain = Given.NewDomain();
        var existing = (await tenant.CreateAccountAsync(new { primaryDomain = domain })).Id;
        var request = new WriteRequest(HttpMethod.Post, Paths.Accounts, Given.Account(new { primaryDomain = domain }));

        Assert.Equal(existing, (await tenant.Client.Send(request, (Header, key))).Expect(409).TextOf("existingId"));
        await tenant.DeleteAccountAsync(existing);
        var created = (await tenant.Client.Send(request, (Header, key))).Expect(201);

        Assert.Equal(created.Text, (await tenant.Client.Send(request, (Header, key))).Expect(201).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("with space")]
    [InlineData("\"unfinished")]
    [InlineData("\"a\"b\"")]
    [InlineData("\"a\\b\"")]
    [InlineData("\"a\"; b")]
    [InlineData(256)]
    public async Task Write_WithAMalformedKey_Answers400(object key)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Send(Create(), (Header, key as string ?? new string('k', (int)key)))).ExpectError(400, Malformed);

        Assert.Empty((await tenant.ListAccountsAsync()).Json.EnumerateArray());
    }

    [Theory]
    [InlineData("k", "\"k\"")]
    [InlineData("a\\b", "\"a\\\\b\"")]
    [InlineData("a\"b", "\"a\\\"b\"")]
    [InlineData(255, 255)]
    public async Task Write_WithABareAndAQuotedKey_IsTheSameRequest(object bare, object quoted)
    {
        var tenant = await server.CreateTenantAsync();
        var request = Create();

        var first = await tenant.Client.Send(request, (Header, Text(bare)));
        var second = await tenant.Client.Send(request, (Header, Text(quoted)));

        Assert.Equal((first.Expect(201).Id, "true"), (second.Expect(201).Id, second.Headers[Replayed]));

        static string Text(object key) => key as string ?? new string('k', (int)key);
    }

    [Fact]
    public async Task Read_WithAKey_IgnoresIt()
    {
        var tenant = await server.CreateTenantAsync();
        var id = (await tenant.CreateAccountAsync()).Id;
        var filter = new WriteRequest(HttpMethod.Post, $"{Paths.Accounts}/filter/ids", Given.Merge(new { ids = new[] { id } }));

        for (var attempt = 0; attempt < 2; attempt++)
        {
            Assert.DoesNotContain(Replayed, (await tenant.Client.Send(filter, (Header, "not a key"))).Expect(200).Headers);
            Assert.DoesNotContain(Replayed, (await tenant.Client.Get($"{Paths.Accounts}/{id}", (Header, "k"))).Expect(200).Headers);
        }
    }

    [Fact]
    public async Task BulkOf5000_SentTwiceWithOneKey_HasTheSameAnswer()
    {
        var tenant = await server.CreateTenantAsync();
        var accounts = Enumerable.Range(0, 5_000).Select(_ => Given.Account());
        var request = new WriteRequest(HttpMethod.Post, $"{Paths.Accounts}/bulk", Given.Merge(new { accounts }));
        var key = NewKey();

        var first = (await tenant.Client.Send(request, (Header, key))).Expect(201);

        Assert.Equal(first.Text, (await tenant.Client.Send(request, (Header, key))).Expect(201).Text);
        Assert.Equal("5000", (await tenant.Client.Get("/v1/accounts?includeTotal=true&limit=1")).Headers["X-Total-Count"]);
    }

    [Fact]
    public async Task Write_WhileTheSameRequestRuns_Answers409ThenReplays()
    {
        var tenant = await server.CreateTenantAsync();
        var id = (await tenant.CreateAccountAsync()).Id;
        var request = new WriteRequest(HttpMethod.Put, $"{Paths.Accounts}/{id}", Given.Merge(new { description = "Changed" }));
        var key = NewKey();
        await using var locked = await LockedRows.LockAsync(server, "accounts", id);
        await locked.QueueAsync(() => tenant.Client.Send(request, (Header, key)));
        await locked.QueueAsync(() => tenant.Client.Send(request, (Header, key)));

        var answers = await locked.ReleaseAsync();

        var (first, second) = (answers[0].Expect(200), answers[1]);
        if ((int)second.Status == 409)
        {
            second.ExpectError(409, "A request with this Idempotency-Key is still being processed!");
            Assert.Equal("1", second.Headers["Retry-After"]);
            second = (await tenant.Client.Send(request, (Header, key))).Expect(200);
        }

        Assert.Equal((first.Text, "true"), (second.Text, second.Headers[Replayed]));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Twins_32WithOneKey_HaveOneEffectAndEqualAnswers(string operation)
    {
        for (var round = 0; round < LongRun.Rounds(all: 6, few: 2); round++)
        {
            var tenant = await server.CreateTenantAsync();
            var request = await WriteOperation.PrepareAsync(operation, tenant);
            var key = NewKey();

            var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => tenant.Client.Send(request, (Header, key))));

            var done = answers.Where(answer => (int)answer.Status is not 409).ToList();
            Assert.All(answers.Except(done), answer => Assert.Equal("1", answer.Headers["Retry-After"]));
            Assert.Single(done.Select(answer => (answer.Status, answer.Text)).Distinct());
            Assert.Single(done, answer => !answer.Headers.ContainsKey(Replayed));
            Assert.InRange((int)done[0].Status, 200, 201);
        }
    }

    [Fact]
    public async Task StoredResponses_OlderThanADay_AreRemovedByAnyNumberOfCleanersAtOnce()
    {
        var tenant = await server.CreateTenantAsync();
        var (old, recent) = (Create(), Create());
        var expired = (await tenant.Client.Send(old, (Header, "old"))).Expect(201);
        await server.ExecuteAsync(
            $"""
            update idempotent_requests set created_at = now() - interval '25 hours' where key = 'old';
            insert into idempotent_requests (organization_id, user_id, key, fingerprint, status, body, created_at)
            select '{Guid.CreateVersion7()}', '{Guid.CreateVersion7()}', n::text, '', 200, '', now() - interval '2 days'
            from generate_series(1, 2000) n
            """);
        (await tenant.Client.Send(recent, (Header, "recent"))).Expect(201);

        // On a cluster, the sessions of the server refuse statements that ask all nodes. This one may.
        await using var services = new ServiceCollection().AddAccounts(_ => server.ConnectionString).BuildServiceProvider();
        var cleaner = new IdempotentRequestCleaner(
            services.GetRequiredService<DatabaseConnections>(), Options.Create(new IdempotencyOptions()));

        var removed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => cleaner.RunAsync(CancellationToken.None)));
        await cleaner.RunAsync(CancellationToken.None);

        Assert.InRange(removed.Sum(), 1, 2_001);
        Assert.Equal(0, await server.ReadNumberAsync(
            "select count(*) from idempotent_requests where created_at < now() - interval '24 hours'"));
        Assert.Equal("true", (await tenant.Client.Send(recent, (Header, "recent"))).Headers[Replayed]);
        Assert.Equal(expired.Id, (await tenant.Client.Send(old, (Header, "old"))).Expect(409).TextOf("existingId"));
    }

    private static string NewKey() => Guid.CreateVersion7().ToString();

    private static WriteRequest Create() => new(HttpMethod.Post, Paths.Accounts, Given.Account());
}
