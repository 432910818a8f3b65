using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Thena.Accounts.Api.Tests.RateLimits;

/// <summary>The limit of requests per minute and key, with a clock that the tests control.</summary>
public sealed class RateLimitTests(RateLimitTests.LimitedServer server) : IClassFixture<RateLimitTests.LimitedServer>
{
    private const int Limit = 5;
    private const string TooMany = "Too many requests!";

    [Fact]
    public async Task Requests_UpToTheLimitAndBeyond_CountDownThenAnswer429UntilTheMinuteEnds()
    {
        var tenant = await server.CreateTenantAsync();
        var end = server.Clock.StartMinute();

        for (var request = 1; request <= Limit; request++)
        {
            var answer = (await tenant.Client.Get("/v1/accounts")).Expect(200);
            Assert.Equal(Limit - request, Number(answer, "X-RateLimit-Remaining"));
            Assert.Equal(Limit, Number(answer, "X-RateLimit-Limit"));
            Assert.Equal(end, Number(answer, "X-RateLimit-Reset"));
        }

        server.Clock.Advance(TimeSpan.FromSeconds(42));
        var refused = (await tenant.PostAccountAsync()).ExpectError(429, TooMany);
        Assert.Equal("Too Many Requests", refused.TextOf("error"));
        Assert.Equal(18, Number(refused, "Retry-After"));
        Assert.Equal(0, Number(refused, "X-RateLimit-Remaining"));

        server.Clock.Advance(TimeSpan.FromSeconds(18));
        var next = (await tenant.Client.Get("/v1/accounts")).Expect(200);
        Assert.Equal(Limit - 1, Number(next, "X-RateLimit-Remaining"));
        Assert.Equal(end + 60, Number(next, "X-RateLimit-Reset"));
        Assert.Empty(next.Json.EnumerateArray());
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_WithAKeyBeyondItsLimit_IsToldAllTheSame(string path)
    {
        var tenant = await server.CreateTenantAsync();
        server.Clock.StartMinute();
        await Task.WhenAll(Enumerable.Range(0, Limit + 1).Select(_ => tenant.Client.Get("/v1/accounts")));

        (await tenant.Client.Get(path)).Expect(200);
    }

    [Fact]
    public async Task Requests_OfOneKey_DoNotCountForAnother()
    {
        var tenant = await server.CreateTenantAsync();
        var other = server.CreateClient((await server.CreateKeyAsync(tenant.User.Id)).Key);
        server.Clock.StartMinute();

        await Task.WhenAll(Enumerable.Range(0, Limit + 1).Select(_ => tenant.Client.Get("/v1/accounts")));

        (await tenant.Client.Get("/v1/accounts")).ExpectError(429, TooMany);
        (await other.Get("/v1/accounts")).Expect(200);
    }

    [Fact]
    public async Task Requests_OfOneKeyAtOnce_AreServedAsOftenAsTheLimitSays()
    {
        var tenant = await server.CreateTenantAsync();
        server.Clock.StartMinute();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => tenant.Client.Get("/v1/accounts")));

        Assert.Equal(Limit, answers.Count(answer => (int)answer.Status == 200));
        Assert.Equal(40 - Limit, answers.Count(answer => (int)answer.Status == 429));
    }

    [Theory]
    [InlineData("GET", "/v1/accounts/unknown", 404)]
    [InlineData("POST", "/v1/accounts", 400)]
    [InlineData("GET", "/v1/nothing/b%C3%BCcher", 404)]
    [InlineData("PATCH", "/v1/accounts/bulk", 405)]
    public async Task AuthenticatedAnswers_OfEveryStatus_CarryTheHeaders(string method, string path, int status)
    {
        var tenant = await server.CreateTenantAsync();
        server.Clock.StartMinute();

        var answer = (await tenant.Client.Send(new HttpMethod(method), path, method == "POST" ? "{" : null)).Expect(status);

        Assert.Equal(Limit - 1, Number(answer, "X-RateLimit-Remaining"));
        Assert.Equal(tenant.User.Id, answer.Headers["X-RateLimit-UserID"]);
        Assert.Equal(tenant.OrganizationId, answer.Headers["X-RateLimit-OrgID"]);
        Assert.Equal(path, answer.Headers["X-RateLimit-Path"]);
        Assert.True(
            System.Net.IPAddress.TryParse(answer.Headers["X-RateLimit-IP"], out var address) && System.Net.IPAddress.IsLoopback(address));
    }

    [Fact]
    public async Task Answers_WithoutAValidKey_CarryNoLimits()
    {
        foreach (var client in (HttpClient[])[server.CreateClient(), server.CreateClient("thena_unknown")])
        {
            Assert.DoesNotContain(
                (await client.Get("/v1/accounts")).Expect(401).Headers.Keys,
                name => name.StartsWith("X-RateLimit", StringComparison.OrdinalIgnoreCase));
        }
    }

    private static long Number(Answer answer, string header) => long.Parse(answer.Headers[header], CultureInfo.InvariantCulture);

    /// <summary>A server with a low limit.</summary>
    public sealed class LimitedServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        /// <summary>The server's clock.</summary>
        public ManualClock Clock { get; } = new();

        protected override IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string> { ["RateLimit:RequestsPerMinute"] = Limit.ToString(CultureInfo.InvariantCulture) };

        protected override void Configure(IServiceCollection services) => services.AddSingleton<TimeProvider>(Clock);
    }

    /// <summary>A clock that moves only when a test advances it.</summary>
    public sealed class ManualClock : TimeProvider
    {
        private long _ticks = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).Ticks;

        /// <summary>Moves the clock to the start of a minute that no test has used.</summary>
        /// <returns>The end of the minute, in Unix seconds.</returns>
        public long StartMinute()
        {
            Advance(TimeSpan.FromMinutes(2));
            _ticks -= _ticks % TimeSpan.TicksPerMinute;
            return GetUtcNow().ToUnixTimeSeconds() + 60;
        }

        /// <summary>Moves the clock.</summary>
        public void Advance(TimeSpan time) => _ticks += time.Ticks;

        /// <inheritdoc/>
        public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);
    }
}
