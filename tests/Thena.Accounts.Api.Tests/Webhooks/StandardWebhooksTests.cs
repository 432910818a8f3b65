using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Webhooks;

/// <summary>The official package <c>standardwebhooks</c> of npm verifies what the server sends.</summary>
public sealed class StandardWebhooksTests(WebhookServer server) : IClassFixture<WebhookServer>
{
    [Fact]
    public async Task Requests_BeforeAndDuringARotation_AreVerifiedWithEachSecret()
    {
        var npm = FindNpm();
        Assert.SkipWhen(npm is null, "there is no npm on PATH");
        await RunAsync(npm!, ["ci", "--no-audit", "--no-fund"], input: "");
        await using var receiver = await Receiver.StartAsync();
        var tenant = await server.CreateTenantAsync();
        var created = await tenant.CreateWebhookAsync(receiver.Url);
        await tenant.CreateAccountAsync(new { name = "Åcme <&> \"quoted\" 株式会社" });
        var before = await receiver.NextAsync();
        var rotated = (await tenant.PostToWebhookAsync(created.Id, "rotate-secret", new { })).Expect(200);
        await tenant.CreateAccountAsync();
        var during = await receiver.NextAsync();

        var (old, current) = (created.TextOf("secret"), rotated.TextOf("secret"));
        var forged = during with { Body = during.Body.Replace("Acme", "Evil", StringComparison.Ordinal) };
        var lines = new[] { (before, old), (during, old), (during, current), (before, current), (forged, current) }
            .Select(one => JsonSerializer.Serialize(new { secret = one.Item2, headers = one.Item1.Headers, body = one.Item1.Body }));
        var verdicts = await RunAsync("node", ["verify.mjs"], string.Join('\n', lines));

        Assert.Equal(
            ["ok", "ok", "ok", "No matching signature found", "No matching signature found"],
            verdicts.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static string? FindNpm() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(directory => Path.Combine(directory, OperatingSystem.IsWindows() ? "npm.cmd" : "npm"))
        .FirstOrDefault(File.Exists);

    private static async Task<string> RunAsync(string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = Folder(),
        })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static string Folder([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../contract/webhooks"));
}
