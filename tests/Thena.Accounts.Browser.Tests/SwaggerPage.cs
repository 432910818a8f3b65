using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Thena.Accounts.Browser.Tests;

/// <summary>The Swagger UI page.</summary>
internal sealed class SwaggerPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = [];

    public SwaggerPage(IPage page)
    {
        Page = page;
        page.SetDefaultTimeout(20_000);
        page.Context.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: not "data" and not "blob" } address && address.Host != Chromium.Host)
            {
                _complaints.Enqueue($"asked another host: {address}");
            }
        };
        page.Console += (_, message) =>
        {
            // Chromium logs every answer of 400 and above. Tests check those answers themselves.
            if (message.Type is "error" or "warning" && !message.Location.Contains("/v1/", StringComparison.Ordinal))
            {
                _complaints.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue($"exception: {error}");
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>The groups.</summary>
    public ILocator Groups => Page.Locator(".opblock-tag-section");

    /// <summary>The dialog for the key.</summary>
    public ILocator Dialog => Page.Locator(".dialog-ux .modal-ux");

    /// <summary>Requests to other hosts, console errors and warnings, and exceptions of the page.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Loads the page, and waits for the operations.</summary>
    public async Task LoadAsync()
    {
        await Page.GotoAsync("/swagger");
        await Groups.Last.WaitForAsync();
    }

    /// <summary>Opens the dialog for the key.</summary>
    public async Task OpenDialogAsync()
    {
        await Page.Locator(".scheme-container .btn.authorize").ClickAsync();
        await Dialog.WaitForAsync();
    }

    /// <summary>Enters a key.</summary>
    public async Task AuthorizeAsync(string key)
    {
        await OpenDialogAsync();
        await Dialog.Locator("input").FillAsync(key);
        await Dialog.Locator("button.authorize").ClickAsync();
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
        var block = Block(operation);
        await ToggleAsync(block);
        await block.Locator(".try-out__btn").DispatchEventAsync("click");
        return block;
    }

    /// <summary>Executes the operation with its example, and returns the status on the page.</summary>
    public async Task<string> TryAsync(Operation operation)
    {
        var block = await ExpandAsync(operation);
        await Page.RunAndWaitForResponseAsync(
            () => block.Locator(".btn.execute").ClickAsync(), response => response.Request.Method == operation.Method);
        var shown = await block.Locator(".live-responses-table .response-col_status").Last.InnerTextAsync();
        await ToggleAsync(block);
        return shown.ReplaceLineEndings(" ").Trim();
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    /// <summary>Opens or closes a block. An event is faster than the mouse, which waits for the page to be painted.</summary>
    private static Task ToggleAsync(ILocator block) => block.Locator(".opblock-summary-control").DispatchEventAsync("click");
}
