using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Thena.Accounts.Browser.Tests;

/// <summary>The Swagger UI page.</summary>
internal sealed class SwaggerPage(IPage page, string host) : BrowserPage(page, host)
{
    private string? _group;

    /// <summary>The groups.</summary>
    public ILocator Groups => Page.Locator(".opblock-tag-section");

    /// <summary>The introduction.</summary>
    public ILocator Description => Page.Locator(".info .description .renderedMarkdown");

    /// <summary>The field that filters operations.</summary>
    public ILocator Filter => Page.Locator(".operation-filter-input");

    /// <summary>The dialog for the key.</summary>
    public ILocator Dialog => Page.Locator(".dialog-ux .modal-ux");

    /// <summary>The operations of the groups that are open.</summary>
    public ILocator Shown => Page.Locator(".opblock-summary");

    public override async Task LoadAsync()
    {
        _group = null;
        await Page.GotoAsync("/swagger");
        await Groups.Last.WaitForAsync();
    }

    /// <summary>Opens the dialog for the key.</summary>
    public async Task OpenDialogAsync()
    {
        await Page.Locator(".scheme-container .btn.authorize").ClickAsync();
        await Dialog.WaitForAsync();
    }

    /// <summary>Enters a key into the open dialog.</summary>
    public async Task EnterAsync(string key)
    {
        await Dialog.Locator("input").FillAsync(key);
        await Dialog.Locator("button.authorize").ClickAsync();
    }

    /// <summary>Enters a valid key.</summary>
    public async Task AuthorizeAsync(string key)
    {
        await OpenDialogAsync();
        await EnterAsync(key);
        await Expect(Dialog.GetByText("Logout", new() { Exact = true })).ToBeVisibleAsync();
        await CloseDialogAsync();
    }

    /// <summary>Closes the dialog for the key.</summary>
    public async Task CloseDialogAsync()
    {
        await Dialog.Locator("button.btn-done").ClickAsync();
        await Expect(Dialog).ToHaveCountAsync(0);
    }

    /// <summary>Returns the block of an operation.</summary>
    public ILocator Block(Operation operation) => Page.Locator($"#operations-{operation.Group.Replace(' ', '_')}-{operation.Id}");

    /// <summary>Expands an operation and makes its inputs editable.</summary>
    public async Task<ILocator> ExpandAsync(Operation operation)
    {
        await OpenGroupAsync(operation.Group);
        var block = Block(operation);
        await ToggleAsync(block);
        await block.Locator(".try-out__btn").DispatchEventAsync("click");
        return block;
    }

    /// <summary>Executes the operation with its example, and returns the status on the page.</summary>
    public async Task<string> TryAsync(Operation operation, bool keepOpen = false)
    {
        var block = await ExpandAsync(operation);
        await Page.RunAndWaitForResponseAsync(
            () => block.Locator(".btn.execute").ClickAsync(), response => response.Request.Method == operation.Method);
        var shown = await block.Locator(".live-responses-table .response-col_status").Last.InnerTextAsync();
        if (!keepOpen)
        {
            await ToggleAsync(block);
        }

        return shown.ReplaceLineEndings(" ").Trim();
    }

    /// <summary>Opens a group, and closes the one that this method opened before: a page with much on it is slow.</summary>
    private async Task OpenGroupAsync(string name)
    {
        foreach (var group in _group == name ? [] : new[] { _group, name }.OfType<string>())
        {
            await Page.Locator($".opblock-tag[data-tag='{group}']").DispatchEventAsync("click");
        }

        _group = name;
    }

    /// <summary>Opens or closes a block. An event is faster than the mouse, which waits for the page to be painted.</summary>
    private static Task ToggleAsync(ILocator block) => block.Locator(".opblock-summary-control").DispatchEventAsync("click");
}
