using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Thena.Accounts.Browser.Tests;

/// <summary>Screenshots of Swagger UI and of the reference for a person to look at. <c>scripts/try-swagger-ui.sh</c> takes them.</summary>
public sealed class ScreenshotTests(AccountsServer server, Chromium chromium) : IClassFixture<AccountsServer>, IClassFixture<Chromium>
{
    private const string NotAsked = "THENA_ACCOUNTS_SCREENSHOTS names no folder, or there is no Chromium.";

    private static readonly string? Folder = Environment.GetEnvironmentVariable("THENA_ACCOUNTS_SCREENSHOTS");

    /// <summary>Whether screenshots are requested.</summary>
    public static bool AreAskedFor => Folder is { Length: > 0 } && Chromium.IsInstalled;

    [Fact(Skip = NotAsked, SkipUnless = nameof(AreAskedFor))]
    public async Task Pictures_OfEveryGroup_AreTaken()
    {
        await using var swagger = await chromium.OpenAsync(server);
        await TakeAsync(swagger, "page", fullPage: true);

        var groups = await swagger.Groups.AllAsync();
        foreach (var (index, group) in groups.Index())
        {
            await group.Locator(".opblock-tag").ClickAsync();
            foreach (var operation in await group.Locator(".opblock-summary-control").AllAsync())
            {
                await operation.ClickAsync();
            }

            await TakeAsync(group, $"group-{index:D2}-{await group.Locator(".opblock-tag").GetAttributeAsync("data-tag")}");
            await group.Locator(".opblock-tag").ClickAsync();
        }
    }

    [Fact(Skip = NotAsked, SkipUnless = nameof(AreAskedFor))]
    public async Task Pictures_ForTheReadme_AreTaken()
    {
        await using var swagger = await chromium.OpenAsync(server, 1280, 1000);
        await swagger.Filter.FillAsync("bulk");
        await Expect(swagger.Shown).ToHaveCountAsync(2);
        await TakeAsync(swagger, "swagger-ui");
        await using var reference = await chromium.OpenReferenceAsync(server);
        await (await reference.SearchAsync("Create an account contact")).First.ClickAsync();
        await reference.TestButtons.Last.WaitForAsync();
        await TakeAsync(reference, "reference");
    }

    [Fact(Skip = NotAsked, SkipUnless = nameof(AreAskedFor))]
    public async Task Pictures_OfOneOperation_AreTaken()
    {
        var operations = await Operation.ListAsync(server);
        var tenant = await server.CreateTenantAsync();
        await using var swagger = await chromium.OpenAsync(server);
        await swagger.OpenDialogAsync();
        await TakeAsync(swagger, "authorize-before");
        await swagger.CloseDialogAsync();
        await swagger.AuthorizeAsync(tenant.Key.Key);
        await swagger.OpenDialogAsync();
        await TakeAsync(swagger, "authorize-after");
        await swagger.CloseDialogAsync();

        foreach (var (id, name) in new[] { ("createAccount", "operation"), ("createNote", "error") })
        {
            var block = await swagger.ExpandAsync(operations.Single(operation => operation.Id == id));
            await TakeAsync(block, $"{name}-before");
            await block.Locator(".btn.execute").ClickAsync();
            await block.Locator(".live-responses-table .response-col_status").Last.WaitForAsync();
            await TakeAsync(block, $"{name}-after");
        }
    }

    [Fact(Skip = NotAsked, SkipUnless = nameof(AreAskedFor))]
    public async Task Pictures_OnAPhone_AreTaken()
    {
        var operations = await Operation.ListAsync(server);
        await using var swagger = await chromium.OpenAsync(server, 390, 844);
        await TakeAsync(swagger, "narrow-page");
        await TakeAsync(await swagger.ExpandAsync(operations.Single(operation => operation.Id == "getAllAccounts")), "narrow-list");
        await TakeAsync(await swagger.ExpandAsync(operations.Single(operation => operation.Id == "createTask")), "narrow-create");
        await Expect(swagger.Groups).ToHaveCountAsync(14);
    }

    private static Task TakeAsync(BrowserPage page, string name, bool fullPage = false) =>
        page.Page.ScreenshotAsync(
            new PageScreenshotOptions { Path = FileOf(name), FullPage = fullPage, Animations = ScreenshotAnimations.Disabled });

    private static Task TakeAsync(ILocator part, string name) =>
        part.ScreenshotAsync(new LocatorScreenshotOptions { Path = FileOf(name), Animations = ScreenshotAnimations.Disabled });

    private static string FileOf(string name) => Path.Combine(Folder!, $"{name.Replace(' ', '-')}.png");
}
