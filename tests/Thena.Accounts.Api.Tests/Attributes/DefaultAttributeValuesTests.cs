using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Attributes;

public sealed class DefaultAttributeValuesTests(SharedServer server) : IClassFixture<SharedServer>
{
    /// <summary>The values of each attribute: <c>*</c> marks the default, <c>!</c> marks a closed status.</summary>
    public static TheoryData<string, string> Lists => new()
    {
        { "account_status", "PROSPECT TRIAL ACTIVE CHURNED ACQUIRED" },
        { "account_classification", "ENTERPRISE MID_MARKET SMB STRATEGIC" },
        { "account_health", "RED YELLOW GREEN" },
        { "account_industry", "Technology Healthcare Finance Retail" },
        { "contact_type", "PRIMARY* BILLING LEGAL EXECUTIVE OTHER" },
        { "activity_type", "CALL* EMAIL MEETING SITE_VISIT" },
        { "activity_status", "PENDING* COMPLETED CANCELLED" },
        { "note_type", "GENERAL*" },
        { "task_type", "FOLLOW_UP* REVIEW APPROVAL CUSTOM" },
        { "task_status", "PENDING* IN_PROGRESS COMPLETED! CANCELLED!" },
        { "task_priority", "LOW* MEDIUM HIGH" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task List_OfANewOrganization_HasTheDocumentedValuesInOrder(string attribute, string expected)
    {
        var tenant = await server.CreateTenantAsync();

        var values = await tenant.ListAttributeValuesAsync(attribute);

        Assert.Equal(expected, string.Join(' ', values.Select(Describe)));
        Assert.All(values, value => Assert.Equal(attribute, value.Text("attribute")));
        Assert.All(values, value => Assert.Equal(
            ["id", "attribute", "value", "isDefault", "configuration", "createdAt", "updatedAt"], value.EnumerateObject()
                .Select(member => member.Name)));
        Assert.All(values, value => Assert.Equal(
            IsClosed(value) ? """{"isClosed":true}""" : "{}", value.GetProperty("configuration").GetRawText()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?attribute=")]
    [InlineData("?attribute=%20")]
    [InlineData("?attribute=nothing")]
    [InlineData("?attribute=ACCOUNT_STATUS")]
    [InlineData("?attribute=account%20status")]
    public async Task List_WithoutAKnownAttribute_Answers400(string query)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Get($"/v1/accounts/attributes{query}")).ExpectProblem("attribute");
    }

    private static string Describe(JsonElement value) =>
        $"{value.Text("value")}{(value.GetProperty("isDefault").GetBoolean() ? "*" : "")}{(IsClosed(value) ? "!" : "")}";

    private static bool IsClosed(JsonElement value) =>
        value.GetProperty("configuration").TryGetProperty("isClosed", out var closed) && closed.GetBoolean();
}
