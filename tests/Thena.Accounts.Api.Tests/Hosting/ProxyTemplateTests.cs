using System.Globalization;
using System.Runtime.CompilerServices;

namespace Thena.Accounts.Api.Tests.Hosting;

/// <summary>The configurations of nginx: for the stack with a Citus cluster, and the sample.</summary>
public sealed class ProxyTemplateTests
{
    private const long LargestImport = 100 * 1_024 * 1_024;

    [Theory]
    [InlineData("scripts/proxy.conf.template")]
    [InlineData("deploy/nginx/thena-accounts.conf")]
    public async Task ClientMaxBodySize_OfTheProxy_LetsTheLargestImportPass(string file)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Root(), file), TestContext.Current.CancellationToken);
        var setting = Assert.Single(lines, line => line.TrimStart().StartsWith("client_max_body_size ", StringComparison.Ordinal));

        var megabytes = long.Parse(setting.TrimEnd('m', ';').Split(' ')[^1], CultureInfo.InvariantCulture);

        Assert.True(megabytes * 1_024 * 1_024 > LargestImport, $"The proxy stops at {megabytes} MB.");
    }

    private static string Root([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..");
}
