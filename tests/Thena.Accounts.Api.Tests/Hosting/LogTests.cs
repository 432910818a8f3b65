using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Thena.Accounts.Api.Tests.Hosting;

/// <summary>The log lines of requests, and the data that they never contain.</summary>
public sealed class LogTests(LogTests.LoggingServer server) : IClassFixture<LogTests.LoggingServer>
{
    private const string Secret = "hunter2";
    private const string Email = "ada.hunter2@acme.com";

    [Fact]
    public async Task AnyRequest_WhateverItCarries_LeavesNoBodyKeyOrEmailInTheLog()
    {
        var tenant = await server.CreateTenantAsync();
        var client = tenant.Client;
        client.DefaultRequestHeaders.Add("User-Agent", $"{Secret}/1");
        (await client.Post("/v1/accounts/contacts", new { firstName = Secret, email = Email, metadata = new { note = Secret } }))
            .Expect(201);
        (await client.Post("/v1/accounts/contacts", new { firstName = Secret, email = Email })).Expect(409);
        (await client.Get($"/v1/accounts/contacts/search?email={Email}")).Expect(200);
        (await client.Get($"/v1/accounts/{Email}")).Expect(404);
        (await client.Get($"/v1/{Email}")).Expect(404);
        (await client.Put($"/v1/accounts/contacts/{Email}", new { firstName = Secret })).Expect(404);
        (await client.Post("/v1/accounts", $"{{\"name\":\"{Secret}\"")).Expect(400);
        (await client.Post("/v1/accounts/contacts/ingest", new { users = new[] { new { email = Email } }, sinkSource = "SLACK" }))
            .Expect(200);
        (await client.Get($"/v1/accounts?search={tenant.Key.Key}")).Expect(400);
        (await server.CreateClient($"thena_{Secret}").Get("/v1/accounts")).Expect(401);
        var account = await tenant.CreateAccountAsync(new { name = Secret });
        await server.BreakAsync();
        var fault = (
            await client.Post(
                "/v1/accounts/notes",
                new { accountId = account.Id, content = Secret, attachmentUrls = new[] { $"https://acme.com/{Secret}" } }))
            .ExpectError(500, "Something went wrong!");

        await server.LinesWithAsync(" 500 in ");
        var log = server.Log;
        var failed = JsonElement.Parse(Assert.Single(log, line => line.Contains("A request failed", StringComparison.Ordinal)));
        Assert.Equal(fault.Headers["X-Request-Id"], failed.Text("RequestId"));
        Assert.All(
            (string[])[Secret, "acme.com", tenant.Key.Key, tenant.User.Email],
            secret => Assert.DoesNotContain(log, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task AnyRequest_WithAnId_HasItInTheAnswerAndInEachLineOfTheLog()
    {
        var tenant = await server.CreateTenantAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/accounts/unknown");
        request.Headers.Add("X-Request-Id", "checkout-42");

        using var response = await tenant.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("checkout-42", Assert.Single(response.Headers.GetValues("X-Request-Id")));
        var line = JsonElement.Parse(Assert.Single(await server.LinesWithAsync("checkout-42")));
        Assert.StartsWith("GET v1/accounts/{id} 404 in ", line.Text("@m"), StringComparison.Ordinal);
        Assert.Equal("v1/accounts/{id}", line.Text("Route"));
        Assert.Equal(404, line.GetProperty("StatusCode").GetInt32());
        Assert.Equal(tenant.Key.Key[..12], line.Text("KeyPrefix"));
        Assert.Equal(tenant.OrganizationId, line.Text("OrganizationId"));
        Assert.True(line.GetProperty("Elapsed").GetDouble() > 0);
        Assert.Equal(response.Content.Headers.ContentLength, line.GetProperty("ResponseBytes").GetInt64());
        Assert.Matches("^[0-9a-f]{32}$", line.Text("@tr"));
        Assert.False(line.TryGetProperty("ClientAddress", out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("ada@acme.com")]
    [InlineData(
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" +
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public async Task AnyRequest_WithoutASaneId_GetsANewOne(string? given)
    {
        using var client = server.CreateClient();
        HashSet<string> ids = [];
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, attempt == 0 ? "/v1/accounts" : "/v1/nothing");
            request.Headers.TryAddWithoutValidation("X-Request-Id", given);
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.False(response.Headers.Contains("Server"));
            ids.Add(Assert.Single(response.Headers.GetValues("X-Request-Id")));
        }

        Assert.Equal(2, ids.Count);
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{32}$", id));
    }

    [Fact]
    public async Task HealthChecks_Always_LeaveNoLine()
    {
        (await server.CreateClient().Get("/health/live")).Expect(200);
        (await server.CreateClient().Get("/health/ready")).Expect(200);

        Assert.DoesNotContain(server.Log, line => line.Contains("health", StringComparison.Ordinal));
    }

    /// <summary>A server that keeps its log lines, formatted as in production.</summary>
    public sealed class LoggingServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        private readonly Lines _lines = new();

        /// <summary>The log lines so far.</summary>
        public IReadOnlyList<string> Log => [.. _lines.Written];

        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Serilog:MinimumLevel:Default"] = "Information",
            ["Serilog:MinimumLevel:Override:Microsoft"] = "Warning",
        };

        /// <summary>
        /// Returns the log lines with a text, and waits for the first one: the line of a request is written after its response was sent.
        /// </summary>
        public async Task<IReadOnlyList<string>> LinesWithAsync(string text)
        {
            while (true)
            {
                if (Log.Where(line => line.Contains(text, StringComparison.Ordinal)).ToList() is { Count: > 0 } lines)
                {
                    return lines;
                }

                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
        }

        /// <summary>Makes requests for notes fail.</summary>
        public async Task BreakAsync()
        {
            await using var dataSource = Npgsql.NpgsqlDataSource.Create(ConnectionString);
            await using var command = dataSource.CreateCommand("alter table notes rename to broken_notes");
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        protected override void Configure(IServiceCollection services) => services.AddSingleton<ILogEventSink>(_lines);

        private sealed class Lines : ILogEventSink
        {
            private readonly RenderedCompactJsonFormatter _formatter = new();

            public ConcurrentQueue<string> Written { get; } = new();

            public void Emit(LogEvent logEvent)
            {
                using var writer = new StringWriter();
                _formatter.Format(logEvent, writer);
                Written.Enqueue(writer.ToString());
            }
        }
    }
}
