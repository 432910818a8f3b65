using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Thena.Accounts.Browser.Tests;

/// <summary>The reference in a real browser.</summary>
public sealed class ReferenceTests(AccountsServer server, Chromium chromium) : IClassFixture<AccountsServer>, IClassFixture<Chromium>
{
    [Fact(Skip = Chromium.Missing, SkipUnless = nameof(Chromium.IsInstalled), SkipType = typeof(Chromium))]
    public async Task Page_OnceLoaded_HasSectionsASearchAndCodeInFourLanguages()
    {
        var document = (await server.CreateClient().Get("/openapi/v1.json")).Expect(200);
        await using var reference = await chromium.OpenReferenceAsync(server);

        foreach (var section in document["x-sections"].EnumerateArray())
        {
            await Expect(reference.Sidebar.Filter(new() { HasText = section.Text("name") }).First).ToBeVisibleAsync();
        }

        await Expect(reference.Languages).ToHaveTextAsync(["Shell", "C#", "JavaScript", "Python"]);
        await reference.Languages.Last.ClickAsync();
        await Expect(reference.Page.Locator("pre", new() { HasText = "requests.get(" }).First).ToBeVisibleAsync();
        await Expect(reference.Page.Locator("a[href*='scalar.com']:visible")).ToHaveCountAsync(0);
        await Expect(reference.Page.GetByText("Ask AI")).ToHaveCountAsync(0);
        await Expect((await reference.SearchAsync("rotate-secret")).First).ToContainTextAsync("Replace the secret of a webhook");
        Assert.Empty(reference.Complaints);
    }

    [Fact(Skip = Chromium.Missing, SkipUnless = nameof(Chromium.IsInstalled), SkipType = typeof(Chromium))]
    public async Task Request_WithAKey_ShowsTheResponse()
    {
        var tenant = await server.CreateTenantAsync();
        await using var reference = await chromium.OpenReferenceAsync(server);

        await reference.EnterAsync(tenant.Key.Key);
        await reference.TestButtons.First.ClickAsync();
        await reference.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).First.ClickAsync();

        await Expect(reference.Page.GetByText("200 OK").First).ToBeVisibleAsync();
        Assert.Empty(reference.Complaints);
    }

    [Fact(Skip = Chromium.Missing, SkipUnless = nameof(Chromium.IsInstalled), SkipType = typeof(Chromium))]
    public async Task Page_OnAPhone_DoesNotScrollSideways()
    {
        await using var reference = await chromium.OpenReferenceAsync(server, SwaggerUiTests.PhoneWidth, 844);

        Assert.Equal(0, await reference.OverhangAsync());
        await reference.Page.GotoAsync("/reference/#tag/accounts/POST/v1/accounts");
        await reference.TestButtons.First.ScrollIntoViewIfNeededAsync();
        Assert.Equal(0, await reference.OverhangAsync());
        Assert.Empty(reference.Complaints);
    }
}
