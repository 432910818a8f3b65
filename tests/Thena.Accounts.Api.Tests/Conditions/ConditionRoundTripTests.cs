namespace Thena.Accounts.Api.Tests.Conditions;

/// <summary>What the conditions of a request cost in round trips to the database.</summary>
public sealed class ConditionRoundTripTests(ProxiedAccountsServer server) : IClassFixture<ProxiedAccountsServer>
{
    /// <summary>Not those on webhooks, after which the dispatcher looks what there is to do.</summary>
    public static TheoryData<string> Operations { get; } = [.. WriteOperation.OfRecords];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Write_WithAnIdempotencyKey_TakesAtMostOneRoundTripMore(string operation)
    {
        var tenant = await server.CreateTenantAsync();

        var without = await CountAsync(request => tenant.Client.Send(request));
        var with = await CountAsync(request => tenant.Client.Send(request, ("Idempotency-Key", $"{Guid.CreateVersion7()}")));

        Assert.InRange(with, without, without + 1);

        async Task<int> CountAsync(Func<WriteRequest, Task<Answer>> send)
        {
            var requests = new List<WriteRequest>();
            for (var attempt = 0; attempt < 6; attempt++)
            {
                requests.Add(await WriteOperation.PrepareAsync(operation, tenant));
            }

            return await server.CountRoundTripsAsync(
                async attempt => Assert.InRange((int)(await send(requests[attempt])).Status, 200, 201));
        }
    }
}
