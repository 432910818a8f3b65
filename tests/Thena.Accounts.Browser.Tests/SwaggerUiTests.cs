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

    /// <summary>The width of a small phone in pixels.</summary>
    internal const int PhoneWidth = 390;

    [Fact(Skip = Chromium.Missing, SkipUnless = nameof(Chromium.IsInstalled), SkipType = typeof(Chromium))]
    public async Task Page_OnceLoaded_ShowsEveryOperationInItsGroup()
    {
        await using var swagger = await chromium.OpenAsync(server);
        List<string> groups = [], shown = [];
        await Expect(swagger.Shown).ToHaveCountAsync(0);

        foreach (var section in await swagger.Groups.AllAsync())
        {
            await section.Locator(".opblock-tag").DispatchEventAsync("click");
            await section.Locator(".opblock-summary-path").Last.WaitForAsync();
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
        await Expect(swagger.Description.Locator("> *").First).ToContainTextAsync("curl -s http");
        await Expect(swagger.Description.Locator("> *").Last).ToContainTextAsync("X-Request-Id");
        Assert.Empty(swagger.Complaints);
    }

    [Fact(Skip = Chromium.Missing, SkipUnless = nameof(Chromium.IsInstalled), SkipType = typeof(Chromium))]
    public async Task Filter_AsOneTypes_ShowsTheOperationsWithTheseWords()
    {
        await using var swagger = await chromium.OpenAsync(server);

        await swagger.Filter.FillAsync("post note");
        await Expect(swagger.Shown).ToContainTextAsync(["Creates an account note"]);
        await swagger.Filter.FillAsync("post nonsense");
        await Expect(swagger.Shown).ToHaveCountAsync(0);
        await Expect(swagger.Page.Locator(".nothing-found")).ToBeVisibleAsync();
        await swagger.Filter.FillAsync("");
        await Expect(swagger.Groups).ToHaveCountAsync(Groups.Length);
        await Expect(swagger.Shown).ToHaveCountAsync(0);
        Assert.Empty(swagger.Complaints);
    }

    [Fact(Skip = Chromium.Missing, SkipUnless = nameof(Chromium.IsInstalled), SkipType = typeof(Chromium))]
    public async Task Authorize_WithAWrongKey_IsRefusedUntilTheKeyIsRight()
    {
        var tenant = await server.CreateTenantAsync();
        var write = await server.CreateKeyAsync(tenant.User.Id, "write");
        await using var swagger = await chromium.OpenAsync(server);
        await swagger.OpenDialogAsync();
        var refusal = swagger.Dialog.Locator(".errors");
        var logout = swagger.Dialog.GetByText("Logout", new() { Exact = true });

        foreach (var (key, reason) in new[]
        {
            ("wrong", "does not know this key"), (tenant.Key.Key[..^1], "does not know this key"), ("ключ", "could not be checked"),
            (" ", "Enter a key"),
        })
        {
            await swagger.EnterAsync(key);
            await Expect(refusal).ToContainTextAsync(reason);
            await Expect(logout).ToHaveCountAsync(0);
        }

        await swagger.EnterAsync(write.Key);
        await Expect(logout).ToBeVisibleAsync();
        await Expect(refusal).ToHaveCountAsync(0);
        Assert.Empty(swagger.Complaints);
    }

    [Fact(Skip = Chromium.Missing, SkipUnless = nameof(Chromium.IsInstalled), SkipType = typeof(Chromium))]
    public async Task Schema_Opened_ShowsItsMembersAndClosedSchemas()
    {
        await using var swagger = await chromium.OpenAsync(server);

        await swagger.Page.Locator(".models-control").ClickAsync();
        await swagger.Page.Locator("#model-Account .model-box-control").First.ClickAsync();

        var account = swagger.Page.Locator("#model-Account");
        await Expect(account).ToContainTextAsync("The account's name.");
        await Expect(account).ToContainTextAsync("AttributeDisplay{...}");
        Assert.Empty(swagger.Complaints);
    }

    [Fact(Skip = Chromium.Missing, SkipUnless = nameof(Chromium.IsInstalled), SkipType = typeof(Chromium))]
    public async Task Page_InDevelopment_HasTheKeyThatTheServerPrinted()
    {
        var operations = await Operation.ListAsync(server);
        await using var development = await DevelopmentServer.StartAsync(server.ConnectionString);
        await using var swagger = await chromium.OpenAsync(development.Address, (page, host) => new SwaggerPage(page, host));

        Assert.Equal("200", await swagger.TryAsync(operations.Single(operation => operation.Id == "getAllAccounts")));
        await Expect(swagger.Description).ToContainTextAsync($"x-api-key: {development.Key}");
        Assert.Empty(swagger.Complaints);

        await using var reference = await chromium.OpenAsync(development.Address, (page, host) => new ReferencePage(page, host));
        await Expect(reference.Page.GetByText($"x-api-key: {development.Key}").First).ToBeVisibleAsync();
        Assert.Empty(reference.Complaints);
    }

    [Fact(Skip = Chromium.Missing, SkipUnless = nameof(Chromium.IsInstalled), SkipType = typeof(Chromium))]
    public async Task Page_OnAPhone_DoesNotScrollSideways()
    {
        var operations = await Operation.ListAsync(server);
        var tenant = await server.CreateTenantAsync();
        await using var swagger = await chromium.OpenAsync(server, PhoneWidth, 844);
        Assert.Equal(0, await swagger.OverhangAsync());
        await swagger.AuthorizeAsync(tenant.Key.Key);

        foreach (var id in new[] { "createAccount", "getAllAccounts", "exportRecords", "readEvents" })
        {
            await swagger.TryAsync(operations.Single(operation => operation.Id == id), keepOpen: true);
            Assert.Equal(0, await swagger.OverhangAsync());
        }

        await swagger.OpenDialogAsync();
        Assert.Equal(0, await swagger.OverhangAsync());
        Assert.InRange((await swagger.Dialog.BoundingBoxAsync())!.Width, 1, PhoneWidth);
    }

    [Fact(Skip = Chromium.Missing, SkipUnless = nameof(Chromium.IsInstalled), SkipType = typeof(Chromium))]
    public async Task Authorize_ThenReload_StillHasTheKeyIfTheServerKnowsIt()
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
        await swagger.Page.EvaluateAsync(
            "key => localStorage.authorized = localStorage.authorized.replaceAll(key, 'unknown')", tenant.Key.Key);
        await swagger.LoadAsync();
        await swagger.OpenDialogAsync();
        await Expect(swagger.Dialog.Locator("button.authorize")).ToBeVisibleAsync();
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
