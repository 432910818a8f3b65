using System.Security.Cryptography;
using Scalar.AspNetCore;

namespace Thena.Accounts.Api.OpenApi.Page;

/// <summary>
/// Serves the reference by Scalar, which one can search, with code for each operation. It comes whole from this server: no fonts, no
/// telemetry and no assistant of others.
/// </summary>
internal static class ReferencePage
{
    /// <summary>Takes away what leads to other sites.</summary>
    private const string Css = """
        a[href*='scalar.com'] { display: none; }
        a[href*='developer.mozilla.org'] { pointer-events: none; text-decoration: none; }
        """;

    /// <summary>The languages of the code. TypeScript is written as JavaScript here.</summary>
    private static readonly KeyValuePair<ScalarTarget, ScalarClient>[] Clients =
    [
        new(ScalarTarget.Shell, ScalarClient.Curl), new(ScalarTarget.CSharp, ScalarClient.HttpClient),
        new(ScalarTarget.JavaScript, ScalarClient.Fetch), new(ScalarTarget.Python, ScalarClient.Requests),
    ];

    /// <summary>Maps the page and its files. Like the health checks, they bypass keys and rate limits.</summary>
    public static void MapReference(this IEndpointRouteBuilder app) =>
        app.MapScalarApiReference("/reference", Configure).AllowAnonymous().ShortCircuit();

    private static void Configure(ScalarOptions options, HttpContext context)
    {
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        context.Response.Headers.ContentSecurityPolicy = PagePolicy.With(scripts: $"'nonce-{nonce}'", styles: $"'nonce-{nonce}'");
        options.Nonce = nonce;
        options.HeadContent = $"""
            <link rel="icon" href="favicon.svg" />
                <meta property="csp-nonce" content="{nonce}" />
                <script src="/swagger/styles.js"></script>
            """;
        options.Title = "Thena Platform";
        options.JavaScriptConfiguration = "/swagger/reference.js";
        options.EnabledTargets = [.. Clients.Select(client => client.Key)];
        options.EnabledClients = [.. Clients.Select(client => client.Value)];
        options.FeaturedClients = Clients;
        options.CustomCss = Css;
        options.DefaultFonts = false;
        options.Telemetry = false;
        options.HideClientButton = true;
        options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        options.Agent = new ScalarAgentOptions { Disabled = true };
        options.Mcp = new ScalarMcpOptions { Disabled = true };
    }
}
