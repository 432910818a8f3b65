using Microsoft.Playwright;

namespace Thena.Accounts.Browser.Tests;

/// <summary>The installed Chromium or Chrome. Nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>The reason for a skipped test.</summary>
    public const string Missing = "There is no Chromium or Chrome on this machine: `apt-get install chromium`, or have it on the PATH.";

    /// <summary>A host name other than localhost, since browsers allow more on localhost.</summary>
    public const string Host = "accounts.example";

    private static readonly string[] Names =
    [
        "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "chrome.exe",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Whether a browser is installed.</summary>
    public static bool IsInstalled => Find() is not null;

    public async ValueTask InitializeAsync()
    {
        // Fixtures are initialized even if all tests of the class are skipped.
        if (Find() is not { } executable)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = executable,
            Args =
            [
                "--disable-gpu",
                $"--host-resolver-rules=MAP {Host} 127.0.0.1",
                .. Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(),
            ],
        });
    }

    /// <summary>Opens Swagger UI of a server in a new profile.</summary>
    internal Task<SwaggerPage> OpenAsync(AccountsServer server, int width = 1280, int height = 900) =>
        OpenAsync(new UriBuilder(server.Address) { Host = Host }.Uri, (page, host) => new SwaggerPage(page, host), width, height);

    /// <summary>Opens the reference of a server in a new profile.</summary>
    internal Task<ReferencePage> OpenReferenceAsync(AccountsServer server, int width = 1280, int height = 900) =>
        OpenAsync(new UriBuilder(server.Address) { Host = Host }.Uri, (page, host) => new ReferencePage(page, host), width, height);

    /// <summary>Opens a page at an address in a new profile.</summary>
    internal async Task<TPage> OpenAsync<TPage>(Uri address, Func<IPage, string, TPage> create, int width = 1280, int height = 900)
        where TPage : BrowserPage
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = width, Height = height },
        });
        var page = create(await context.NewPageAsync(), address.Host);
        await page.LoadAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string? Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Google", "Chrome", "Application"));
        return folders.SelectMany(_ => Names, Path.Combine)
            .Append("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
            .FirstOrDefault(File.Exists);
    }
}
