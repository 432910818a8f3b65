using Microsoft.Extensions.DependencyInjection;

namespace Thena.Accounts.Api.Tests.Changes;

/// <summary>Readers that wait for events: with <c>wait</c>, or on a stream.</summary>
public sealed class WaitingTests(WaitingTests.ClockServer server, PostgresServer postgres) : IClassFixture<WaitingTests.ClockServer>
{
    private const string Events = "/v1/accounts/events";
    private const string TooMany = "A key can have 10 open streams and waiting requests!";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wait_WhileThisServerCommits_AnswersWithoutATimer(bool isStream)
    {
        await using var still = await SecondServer.StartAsync(postgres, server, new ShiftedClock { StopsTimers = true });
        var tenant = still.Serve(await server.CreateTenantAsync());
        var cursor = (await FeedFollower.FromNowAsync(tenant)).Cursor;
        for (var round = 0; round < 3; round++)
        {
            if (isStream)
            {
                await using var stream = await OpenEventFeed.OpenAsync(tenant.Client, $"after={cursor}");
                var next = stream.ReadAsync();
                var account = await tenant.CreateAccountAsync();
                var (id, _, data) = (await next)!.Value;
                Assert.Contains(account.Id, data, StringComparison.Ordinal);
                cursor = id;
            }
            else
            {
                var waiting = tenant.Client.Get($"{Events}?after={cursor}&wait=30");
                var account = await tenant.CreateAccountAsync();
                var page = (await waiting).Expect(200);
                Assert.Equal(account.Id, FeedFollower.IdOfRecord(Assert.Single(page["events"].EnumerateArray())));
                cursor = page.TextOf("nextCursor");
            }
        }
    }

    [Fact]
    public async Task Wait_WhileAnotherServerCommits_FindsIt()
    {
        await using var other = await SecondServer.StartAsync(postgres, server);
        var tenant = await server.CreateTenantAsync();
        var cursor = (await FeedFollower.FromNowAsync(tenant)).Cursor;
        var waiting = tenant.Client.Get($"{Events}?after={cursor}&wait=30");
        await using var stream = await OpenEventFeed.OpenAsync(tenant.Client, $"after={cursor}");

        var account = await other.Serve(tenant).CreateAccountAsync();

        Assert.Equal(account.Id, FeedFollower.IdOfRecord(Assert.Single((await waiting).Expect(200)["events"].EnumerateArray())));
        Assert.Contains(account.Id, (await stream.ReadAsync())!.Value.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_WithoutAnEvent_AnswersAtItsEndWithTheCursor()
    {
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateAccountAsync();
        var cursor = (await FeedFollower.FromNowAsync(tenant)).Cursor;

        var waiting = tenant.Client.Get($"{Events}?after={cursor}&wait=30");
        while (!waiting.IsCompleted)
        {
            server.Clock.Advance(TimeSpan.FromSeconds(31));
            await Task.WhenAny(waiting, Task.Delay(100, TestContext.Current.CancellationToken));
        }

        Assert.Equal($$"""{"events":[],"nextCursor":"{{cursor}}","hasMore":false}""", (await waiting).Expect(200).Text);
    }

    [Fact]
    public async Task Wait_WithFilters_GoesOnWhileNothingMatches()
    {
        var tenant = await server.CreateTenantAsync();
        var waiting = tenant.Client.Get($"{Events}?after=latest&wait=30&types=customer-contact:*");
        await tenant.CreateAccountAsync();

        var contact = await tenant.CreateContactAsync();

        // It may have begun later than the account was created, but not than the contact, or it would wait still.
        Assert.Equal(contact.Id, FeedFollower.IdOfRecord(Assert.Single((await waiting).Expect(200)["events"].EnumerateArray())));
    }

    [Fact]
    public async Task Stream_ResumedAfterEachEvent_LosesAndRepeatsNone()
    {
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateAccountsAsync(4);
        var listed = (await tenant.Client.Get(Events)).Expect(200)["events"].EnumerateArray().Select(one => one.GetRawText()).ToList();

        List<string> streamed = [];
        string? last = null;
        for (var count = 0; count < 4; count++)
        {
            await using var stream = await OpenEventFeed.OpenAsync(tenant.Client, "types=account:*&after=latest", last ?? "");
            if (count == 0)
            {
                // Without an ID, it starts where the query says.
                await using var first = await OpenEventFeed.OpenAsync(tenant.Client);
                (last, var type, var data) = (await first.ReadAsync())!.Value;
                Assert.Equal("account:created", type);
                streamed.Add(data);
                continue;
            }

            (last, _, var text) = (await stream.ReadAsync())!.Value;
            streamed.Add(text);
        }

        Assert.Equal(listed, streamed);
        Assert.Equal(last, (await FeedFollower.FromNowAsync(tenant)).Cursor);
    }

    [Fact]
    public async Task Stream_WhenQuiet_SendsAComment()
    {
        var tenant = await server.CreateTenantAsync();
        await using var stream = await OpenEventFeed.OpenAsync(tenant.Client, "after=latest");

        var comment = stream.WaitForLineAsync(": still here");
        while (!comment.IsCompleted)
        {
            server.Clock.Advance(TimeSpan.FromSeconds(16));
            await Task.WhenAny(comment, Task.Delay(100, TestContext.Current.CancellationToken));
        }

        await comment;
    }

    [Theory]
    [InlineData("after=nonsense", null, 400, "Invalid cursor!")]
    [InlineData("", "nonsense", 400, "Invalid cursor!")]
    [InlineData("types=nothing", null, 400, "types must be names of events, such as account:updated, or prefixes, such as account:*")]
    public async Task Stream_WithABadQuery_IsRefusedAsJson(string query, string? last, int status, string message)
    {
        var tenant = await server.CreateTenantAsync();

        // More often than streams are allowed: a refused one does not count.
        for (var count = 0; count < 12; count++)
        {
            using var response = await OpenEventFeed.SendAsync(tenant.Client, query, last);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            new Answer(response, text).ExpectError(status, message);
        }
    }

    [Fact]
    public async Task Readers_MoreThanTenOfAKey_AreRefusedUntilOneLeaves()
    {
        var tenant = await server.CreateTenantAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        List<OpenEventFeed> streams = [];
        for (var count = 0; count < 10; count++)
        {
            streams.Add(await OpenEventFeed.OpenAsync(tenant.Client));
        }

        using (var response = await OpenEventFeed.SendAsync(tenant.Client))
        {
            var refused = new Answer(response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal("1", refused.ExpectError(429, TooMany).Headers["Retry-After"]);
        }

        (await tenant.Client.Get($"{Events}?wait=1")).ExpectError(429, TooMany);
        (await tenant.Client.Get(Events)).Expect(200);
        await using (await OpenEventFeed.OpenAsync(colleague.Client))
        {
        }

        await streams[0].DisposeAsync();
        HttpResponseMessage next;
        while ((next = await OpenEventFeed.SendAsync(tenant.Client)).StatusCode == System.Net.HttpStatusCode.TooManyRequests)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal(200, (int)next.StatusCode);
        next.Dispose();
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task Stream_ThatCannotBegin_DoesNotCount()
    {
        await using var other = await SecondServer.StartAsync(postgres, server);
        var tenant = other.Serve(await server.CreateTenantAsync());
        (await tenant.Client.Get(Events)).Expect(200);
        await server.ExecuteAsync("alter table change_queue rename to change_queue_away");
        try
        {
            for (var count = 0; count < 12; count++)
            {
                using var response = await OpenEventFeed.SendAsync(tenant.Client);
                Assert.Equal(500, (int)response.StatusCode);
            }
        }
        finally
        {
            await server.ExecuteAsync("alter table change_queue_away rename to change_queue");
        }

        await using var stream = await OpenEventFeed.OpenAsync(tenant.Client);
    }

    [Fact]
    public async Task Shutdown_WithReaders_EndsThemInOrder()
    {
        var other = await SecondServer.StartAsync(postgres, server);
        var tenant = other.Serve(await server.CreateTenantAsync());
        await using var stream = await OpenEventFeed.OpenAsync(tenant.Client, "after=latest");
        var next = stream.ReadAsync();
        var waiting = tenant.Client.Get($"{Events}?after=latest&wait=30");

        // The request of the key's user is last, so the others have arrived.
        (await tenant.Client.Get(Events)).Expect(200);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        await other.DisposeAsync();

        Assert.Null(await next);
        Assert.Equal("""[]""", (await waiting).Expect(200).RawOf("events"));
    }

    /// <summary>A server whose clock can be moved on.</summary>
    public sealed class ClockServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        /// <summary>The clock.</summary>
        public ShiftedClock Clock { get; } = new();

        protected override void Configure(IServiceCollection services) => services.AddSingleton<TimeProvider>(Clock);
    }
}
