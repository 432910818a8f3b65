using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Thena.Accounts.Browser.Tests;

/// <summary>A page of the server in the browser.</summary>
internal abstract class BrowserPage : IAsyncDisposable
{
    // Milliseconds. On a busy machine, a page takes many seconds to draw itself.
    private const float Timeout = 30_000;

    private readonly ConcurrentQueue<string> _complaints = [];

    protected BrowserPage(IPage page, string host)
    {
        Page = page;
        page.SetDefaultTimeout(Timeout);
        Assertions.SetDefaultExpectTimeout(Timeout);
        page.Context.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: not "data" and not "blob" } address && address.Host != host)
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

    /// <summary>Requests to other hosts, console errors and warnings, and exceptions of the page.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Loads the page, and waits until it shows the operations or the sections.</summary>
    public abstract Task LoadAsync();

    /// <summary>Returns by how many pixels the page is wider than the window.</summary>
    public Task<int> OverhangAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
