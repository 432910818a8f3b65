namespace Thena.Accounts.Api.Tests.Hosting;

/// <summary>What asking whether the server is ready costs.</summary>
public sealed class ReadinessTests(ProxiedAccountsServer server) : IClassFixture<ProxiedAccountsServer>
{
    private const int Callers = 16;
    private const int Rounds = 30;

    [Fact]
    public async Task Ready_AskedByMany_SharesItsAnswers()
    {
        var client = server.CreateClient();
        var before = server.Proxy.RoundTrips;

        for (var round = 0; round < Rounds; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => client.Get("/health/ready")));
            Assert.All(answers, answer => answer.Expect(200));
        }

        // Each answer of its own would take a round trip at least. Each second takes a few.
        Assert.InRange(server.Proxy.RoundTrips - before, 1, Callers * Rounds / 4);
    }
}
