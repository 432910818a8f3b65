using System.Text.Json.Nodes;

namespace Thena.Accounts.Api.Tests.Changes;

/// <summary>The record of changes is complete: who reads the lists once and follows the feed knows what the API lists.</summary>
public sealed class FoldTests(SharedServer server) : IClassFixture<SharedServer>
{
    public static TheoryData<string> Operations { get; } = [.. WriteOperation.OfRecords];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task AnyWrite_FoldedFromTheFeed_IsWhatTheApiLists(string operation)
    {
        var tenant = await server.CreateTenantAsync();
        var request = await WriteOperation.PrepareAsync(operation, tenant);
        var state = await FoldedState.BeginAsync(tenant);

        var answer = await tenant.Client.Send(request);
        await state.FollowAsync(tenant);

        Assert.InRange((int)answer.Status, 200, 299);
        Assert.NotEmpty(state.Events);
        Assert.All(state.Events, one => Assert.Equal(answer.Headers["X-Request-Id"], one.GetProperty("metadata").Text("requestId")));
        await state.ExpectListedAsync(tenant);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task RefusedWrite_OfAnyOperation_MakesNoEvent(string operation)
    {
        var tenant = await server.CreateTenantAsync();
        var request = await WriteOperation.PrepareAsync(operation, tenant);
        var state = await FoldedState.BeginAsync(tenant);

        var answer = await tenant.Client.Send(
            request with { Body = request.Body is null ? null : new JsonObject { ["fields"] = 1, ["type"] = 2 } },
            ("If-Match", "\"2001-01-01T00:00:00.000Z\""));
        await state.FollowAsync(tenant);

        Assert.InRange((int)answer.Status, 400, 499);
        Assert.Empty(state.Events);
    }

    [Fact]
    public async Task DeletedAccount_WithAllThatBelongsToIt_MakesAnEventEachAndItsOwnLast()
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;
        var other = (await tenant.CreateAccountAsync()).Id;
        await tenant.CreateContactAsync(new { accountIds = new[] { account, other } });
        var activity = (await tenant.CreateRecordAsync(Feature.Activities, account)).Id;
        await tenant.CreateRecordAsync(Feature.Notes, account);
        await tenant.CreateRecordAsync(Feature.Tasks, account, new { activityId = activity });
        var type = await tenant.FindRelationshipTypeIdAsync("Parent");
        (await tenant.PostRelationshipAsync(account, other, type)).Expect(201);
        var state = await FoldedState.BeginAsync(tenant);

        (await tenant.DeleteAccountAsync(account)).Expect(200);
        await state.FollowAsync(tenant);

        string[] types =
        [
            "account-activity:deleted", "account-note:deleted", "account-relationship:deleted", "account-task:deleted", "account:deleted",
            "customer-contact:updated",
        ];
        Assert.Equal(types, state.Events.Select(one => one.Text("eventType")).Order(StringComparer.Ordinal));
        Assert.Equal("account:deleted", state.Events[^1].Text("eventType"));
        Assert.Single(state.Events.Select(one => one.GetProperty("metadata").Text("requestId")).Distinct());
        await state.ExpectListedAsync(tenant);
    }

    [Fact]
    public async Task ForcedDeletion_OfAValueInUse_MakesAnEventForEachRecordThatGotTheDefault()
    {
        var tenant = await server.CreateTenantAsync();
        var value = await tenant.CreateAttributeValueAsync("account_status", "Dormant");
        for (var count = 0; count < 3; count++)
        {
            await tenant.CreateAccountAsync(new { status = "Dormant" });
        }

        var state = await FoldedState.BeginAsync(tenant);

        (await tenant.DeleteAttributeValueAsync(value.Id, forceDelete: true)).Expect(200);
        await state.FollowAsync(tenant);

        Assert.Equal(3, state.Events.Count(one => one.Text("eventType") == "account:updated"));
        Assert.All(
            state.Events.Where(one => one.Text("eventType") == "account:updated"),
            one =>
            {
                Assert.Equal(["status"], one.GetProperty("metadata").Items("changed"));
                Assert.Equal("Dormant", one.GetProperty("payload").GetProperty("previousAccount").Text("status"));
            });
        await state.ExpectListedAsync(tenant);
    }
}
