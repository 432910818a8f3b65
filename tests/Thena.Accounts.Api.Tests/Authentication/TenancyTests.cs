using System.Text.RegularExpressions;

namespace Thena.Accounts.Api.Tests.Authentication;

/// <summary>What one organization has, no other can see, change or refer to: its ids are as unknown ones, in every operation there is.</summary>
public sealed partial class TenancyTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private static readonly Ids Unknown = new(Given.UnknownId, "unknown.example.com", Given.UnknownId, "UNKNOWN", Given.UnknownId, "Unknown", Given.UnknownId);

    /// <summary>Every operation, with requests that name what another organization has.</summary>
    private static readonly Dictionary<string, Func<Ids, Request[]>> Operations = new()
    {
        ["GET /v1/accounts"] = ids =>
        [
            new("?limit=100"), new($"?status={ids.Value}"), new($"?status={ids.ValueText}"), new($"?accountOwnerId={ids.Owner}"), new($"?search={ids.Domain}"),
        ],
        ["POST /v1/accounts"] = ids =>
        [
            Account(new { status = ids.Value }), Account(new { status = ids.ValueText }), Account(new { classification = ids.Value }), Account(new { health = ids.Value }),
            Account(new { industry = ids.Value }), Account(new { accountOwnerId = ids.Owner }), Account(new { customFieldValues = Values(ids) }),
            Account(new { primaryDomain = ids.Domain }),
        ],
        ["POST /v1/accounts/filter/ids"] = ids => [new("", new { ids = new[] { ids.Account } })],
        ["POST /v1/accounts/filter/primary-domains"] = ids => [new("", new { primaryDomains = new[] { ids.Domain } })],
        ["POST /v1/accounts/bulk"] = ids =>
        [
            Bulk(new { status = ids.Value }), Bulk(new { accountOwnerId = ids.Owner }), Bulk(new { customFieldValues = Values(ids) }), Bulk(new { primaryDomain = ids.Domain }),
        ],
        ["GET /v1/accounts/{id}"] = ids => [new(ids.Account)],
        ["PUT /v1/accounts/{id}"] = ids =>
        [
            new(ids.Account, new { name = "Stolen" }), new("own", new { status = ids.Value }), new("own", new { status = ids.ValueText }),
            new("own", new { accountOwnerId = ids.Owner }), new("own", new { customFieldValues = Values(ids) }), new("own", new { primaryDomain = ids.Domain }),
        ],
        ["DELETE /v1/accounts/{id}"] = ids => [new(ids.Account)],
        ["GET /v1/accounts/attributes"] = _ => [new("?attribute=account_status")],
        ["POST /v1/accounts/attributes"] = ids => [new("", new { attribute = "account_status", value = ids.ValueText, isDefault = true })],
        ["PUT /v1/accounts/attributes/{id}"] = ids => [new(ids.Value, new { value = "Stolen", isDefault = true })],
        ["DELETE /v1/accounts/attributes/{id}"] = ids => [new(ids.Value), new($"{ids.Value}?forceDelete=true")],
        ["GET /v1/accounts/account-custom-fields"] = _ => [new("")],
        ["GET /v1/custom-field"] = _ => [new("?limit=100"), new("?limit=100&teamId=team&onlyTeamFields=true")],
        ["GET /v1/custom-field/types"] = _ => [new("")],
        ["POST /v1/custom-field"] = ids => [new("", new { name = ids.FieldName, source = "account", fieldType = "single_line" })],
        ["PATCH /v1/custom-field"] = ids => [new("", new { fields = new[] { new { fieldId = ids.Field, version = 1, updates = new { name = "Stolen" } } } })],
        ["POST /v1/custom-field/delete"] = ids => [new("", new { fields = new[] { new { fieldId = ids.Field } } })],
    };

    public static TheoryData<string> OperationNames => [.. Operations.Keys];

    [Fact]
    public async Task Operations_OfTheApiDocument_AllHaveACaseHere()
    {
        using var client = server.CreateClient();
        var paths = (await client.Get("/openapi/v1.json")).Expect(200)["paths"];

        var documented = paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject(), (path, operation) => $"{operation.Name.ToUpperInvariant()} {path.Name}")
            .Where(operation => operation.Contains("/v1/", StringComparison.Ordinal));

        Assert.Equivalent(Operations.Keys.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal), strict: true);
    }

    [Theory]
    [MemberData(nameof(OperationNames))]
    public async Task Operation_WithWhatAnotherOrganizationHas_AnswersAsIfItDidNotExist(string operation)
    {
        var owner = await server.CreateTenantAsync();
        var ids = await ArrangeAsync(owner);
        var before = await SnapshotAsync(owner);
        var (stranger, control) = (await server.CreateTenantAsync(), await server.CreateTenantAsync());

        var foreign = await RunAsync(stranger, operation, ids);
        var unknown = await RunAsync(control, operation, Unknown);

        Assert.Equal(unknown.Select(answer => Normalize(answer, Unknown)), foreign.Select(answer => Normalize(answer, ids)));
        Assert.Equal(before, await SnapshotAsync(owner));
        var shown = await SnapshotAsync(stranger);
        Assert.All((string[])[ids.Account, ids.Value, ids.Field, ids.Owner, owner.OrganizationId], id => Assert.DoesNotContain(id, shown, StringComparison.Ordinal));
    }

    private static Request Account(object more) => new("", Given.Account(more));

    private static Request Bulk(object more) => new("", new { accounts = new[] { Given.Account(more) } });

    private static object[] Values(Ids ids) => [new { customFieldId = ids.Field, data = "x" }];

    private static async Task<Ids> ArrangeAsync(Tenant tenant)
    {
        var field = await tenant.CreateFieldAsync(new { name = "Secret", teamId = "team" });
        var value = await tenant.CreateValueAsync("account_status", "SECRET", new { isDefault = true });
        var account = await tenant.CreateAccountAsync(new
        {
            name = "Secret",
            accountOwnerId = tenant.User.Id,
            customFieldValues = new[] { new { customFieldId = field.Text("uid"), data = "Secret" } },
        });
        return new Ids(account.Id, account.TextOf("primaryDomain"), value.Id, "SECRET", field.Text("uid"), "Secret", tenant.User.Id);
    }

    private static async Task<List<Answer>> RunAsync(Tenant tenant, string operation, Ids ids)
    {
        var own = operation.StartsWith("PUT", StringComparison.Ordinal) ? (await tenant.CreateAccountAsync()).Id : "";
        var (method, path) = operation.Split(' ') is [var first, var second] ? (first, second) : throw new InvalidOperationException(operation);
        List<Answer> answers = [];
        foreach (var request in Operations[operation](ids))
        {
            var place = request.Place == "own" ? own : request.Place;
            var target = path.Contains("{id}", StringComparison.Ordinal) ? path.Replace("{id}", place, StringComparison.Ordinal) : path + place;
            answers.Add(await tenant.Client.Send(new HttpMethod(method), target, request.Body));
        }

        return answers;
    }

    private static async Task<string> SnapshotAsync(Tenant tenant)
    {
        List<string> parts = [(await tenant.Client.Get("/v1/accounts?limit=100")).Expect(200).Text];
        foreach (var attribute in (string[])["account_status", "account_health", "task_status"])
        {
            parts.AddRange((await tenant.ListValuesAsync(attribute)).Select(value => value.GetRawText()));
        }

        parts.AddRange((await tenant.ListFieldsAsync()).Select(field => field.GetRawText()));
        return string.Join('\n', parts);
    }

    /// <summary>The status and the body, without what differs from one new record to the next.</summary>
    private static string Normalize(Answer answer, Ids ids)
    {
        var text = $"{(int)answer.Status} {answer.Text}";
        foreach (var (given, name) in (IEnumerable<(string, string)>)[(ids.Domain, "(domain)"), ($"\"{ids.ValueText}\"", "(value)"), ($"\"{ids.FieldName}\"", "(name)"), ($"\"{ids.FieldName.ToLowerInvariant()}\"", "(slug)")])
        {
            text = text.Replace(given, name, StringComparison.Ordinal);
        }

        return GeneratedPart().Replace(text, "*");
    }

    [GeneratedRegex("\\b[0-9A-HJKMNP-TV-Z]{26}\\b|\\bd[0-9a-f]{32}\\b|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", RegexOptions.NonBacktracking)]
    private static partial Regex GeneratedPart();

    private sealed record Ids(string Account, string Domain, string Value, string ValueText, string Field, string FieldName, string Owner);

    /// <param name="Place">The id, or what follows the path; <c>own</c> for an account of the caller's.</param>
    /// <param name="Body">The body.</param>
    private sealed record Request(string Place, object? Body = null);
}
