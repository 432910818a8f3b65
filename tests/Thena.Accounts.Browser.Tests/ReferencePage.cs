using Microsoft.Playwright;

namespace Thena.Accounts.Browser.Tests;

/// <summary>The reference by Scalar.</summary>
internal sealed class ReferencePage(IPage page, string host) : BrowserPage(page, host)
{
    /// <summary>The sections and operations in the sidebar that are open.</summary>
    public ILocator Sidebar => Page.Locator("[data-sidebar-id]");

    /// <summary>The buttons that open an operation to send a request.</summary>
    public ILocator TestButtons => Page.GetByRole(AriaRole.Button, new() { Name = "Test Request" });

    /// <summary>The choice of a language for the code.</summary>
    public ILocator Languages => Page.Locator("[role=tab].client-libraries");

    public override async Task LoadAsync()
    {
        await Page.GotoAsync("/reference/");
        await Page.GetByText("x-api-key:").First.WaitForAsync();
    }

    /// <summary>Searches, and returns what is found.</summary>
    public async Task<ILocator> SearchAsync(string text)
    {
        await Page.Keyboard.PressAsync("Control+k");
        await Page.Locator("input[role=combobox]").FillAsync(text);
        return Page.GetByRole(AriaRole.Option);
    }

    /// <summary>Enters a key.</summary>
    public Task EnterAsync(string key) => Page.Locator("input[aria-labelledby]").First.FillAsync(key);
}
