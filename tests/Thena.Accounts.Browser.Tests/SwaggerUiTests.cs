using static Microsoft.Playwright.Assertions;

namespace Thena.Accounts.Browser.Tests;

/// <summary>Swagger UI in a real browser.</summary>
public sealed class SwaggerUiTests(AccountsServer server, Chromium chromium) : IClassFixture<AccountsServer>, IClassFixture<Chromium>
{
    private static readonly string[] Groups =
    [
        "Accounts: 8", "Custom fields: 6", "Attribute values: 4", "Contacts: 9", "Relationship types: 4", "Relationships: 5",
        "Activities: 6", "Notes: 6",
        "Tasks: 6", "Import and export: 3", "Events: 3", "History: 7", "Webhooks: 10", "Health: 2",
    ];

    /// <summary>Operations whose example body contains the ID of a record.</summary>
    private static readonly HashSet<string> WithIdsInBody = new(StringComparer.Ordinal)
    {
        "updateCustomFields", "deleteCustomFields", "createRelationship", "createActivity", "createNote", "createTask",
    };

    [Fact(Skip = Chromium.Missing, SkipUnless = nameof(Chromium.IsInstalled), SkipType = typeof(Chromium))]
    public async Task Page_OnceLoaded_ShowsEveryOperationInItsGroup()
    {
        await using var swagger = await chromium.OpenAsync(server);
        List<string> groups = [], shown = [];

        foreach (var section in await swagger.Groups.AllAsync())
        {
            var paths = await section.Locator(".opblock-summary-path")
                .EvaluateAllAsync<string[]>("all => all.map(path => path.dataset.path)");
            var methods = await section.Locator(".opblock-summary-method").AllInnerTextsAsync();
            groups.Add($"{await section.Locator(".opblock-tag").GetAttributeAsync("data-tag")}: {paths.Length}");
            shown.AddRange(methods.Zip(paths, (method, path) => $"{method} {path}"));
        }

        Assert.Equal(Groups, groups);
        var contract = (await server.CreateClient().Get("/openapi/v1.json")).Expect(200)["paths"].EnumerateObject();
        Assert.Equal(
            contract.SelectMany(path => path.Value.EnumerateObject(), (path, method) => $"{method.Name.ToUpperInvariant()} {path.Name}")
                .Order(),
            shown.Order());
        await Expect(swagger.Page).ToHaveTitleAsync("Thena Platform");
        Assert.Empty(swagger.Complaints);
    }

    [Fact(Skip = Chromium.Missing, SkipUnless = nameof(Chromium.IsInstalled), SkipType = typeof(Chromium))]
    public async Task Authorize_ThenReload_StillHasTheKey()
    {
        var operations = await Operation.ListAsync(server);
        var tenant = await server.CreateTenantAsync();
        await using var swagger = await chromium.OpenAsync(server);
        var list = operations.Single(operation => operation.Id == "getAllAccounts");
        Assert.Equal("401", await swagger.TryAsync(list));

        await swagger.AuthorizeAsync(tenant.Key.Key);
        await swagger.LoadAsync();

        Assert.Equal("200", await swagger.TryAsync(list));
        await swagger.OpenDialogAsync();
        await Expect(swagger.Dialog.GetByText("Logout", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Empty(swagger.Complaints);
    }

    [Fact(Skip = Chromium.Missing, SkipUnless = nameof(Chromium.IsInstalled), SkipType = typeof(Chromium))]
    public async Task Example_WithoutTheDemoData_SucceedsUnlessItNamesARecord()
    {
        var operations = await Operation.ListAsync(server);
        var tenant = await server.CreateTenantAsync();
        await using var swagger = await chromium.OpenAsync(server);
        await swagger.AuthorizeAsync(tenant.Key.Key);
        List<string> wrong = [];

        foreach (var operation in operations.Where(operation => operation.HasExample))
        {
            var status = await swagger.TryAsync(operation);
            var isAsMeant = operation.HasPathIds || WithIdsInBody.Contains(operation.Id)
                ? status == "404"
                : status is "200" or "201";
            if (!isAsMeant || !operation.Statuses.Contains(status))
            {
                wrong.Add($"{operation}: {status}");
            }
        }

        Assert.Empty(wrong);
        Assert.Empty(swagger.Complaints);
    }

    [Fact(Skip = Chromium.Missing, SkipUnless = nameof(Chromium.IsInstalled), SkipType = typeof(Chromium))]
    public async Task Example_WithTheDemoData_Succeeds()
    {
        var operations = await Operation.ListAsync(server);
        var tenant = await server.CreateTenantAsync();
        await server.AddDemoDataAsync(tenant);
        await using var swagger = await chromium.OpenAsync(server);
        await swagger.AuthorizeAsync(tenant.Key.Key);
        List<string> wrong = [];

        foreach (var operation in operations.Where(operation => operation.HasExample))
        {
            var status = await swagger.TryAsync(operation);
            if (status is not ("200" or "201"))
            {
                wrong.Add($"{operation}: {status}");
            }
        }

        Assert.Empty(wrong);
        Assert.Empty(swagger.Complaints);
    }
}
