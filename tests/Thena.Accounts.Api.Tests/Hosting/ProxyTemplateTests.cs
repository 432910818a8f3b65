using System.Globalization;
using System.Runtime.CompilerServices;

namespace Thena.Accounts.Api.Tests.Hosting;

/// <summary>The configuration of nginx for the stack with a Citus cluster.</summary>
public sealed class ProxyTemplateTests
{
    private const long LargestImport = 100 * 1_024 * 1_024;

    [Fact]
    public async Task ClientMaxBodySize_OfTheProxy_LetsTheLargestImportPass()
    {
        var lines = await File.ReadAllLinesAsync(Template(), TestContext.Current.CancellationToken);
        var setting = Assert.Single(lines, line => line.TrimStart().StartsWith("client_max_body_size ", StringComparison.Ordinal));

        var megabytes = long.Parse(setting.TrimEnd('m', ';').Split(' ')[^1], CultureInfo.InvariantCulture);

        Assert.True(megabytes * 1_024 * 1_024 > LargestImport, $"The proxy stops at {megabytes} MB.");
    }

    private static string Template([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "scripts", "proxy.conf.template");
}
