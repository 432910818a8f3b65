using System.Globalization;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Tests.Time;

public sealed class InstantTests
{
    [Theory]
    [InlineData("2023-12-07T10:30:00.000Z", "2023-12-07T10:30:00.000")]
    [InlineData("2023-12-07T10:30:00+01:00", "2023-12-07T09:30:00.000")]
    [InlineData("2023-12-07T10:30:00+0530", "2023-12-07T05:00:00.000")]
    [InlineData("2023-12-07T10:30:00-08", "2023-12-07T18:30:00.000")]
    [InlineData("2023-12-07t10:30z", "2023-12-07T10:30:00.000")]
    [InlineData("2023-12-07T10:30:00,5-00:00", "2023-12-07T10:30:00.500")]
    [InlineData("2023-12-07T10:30:00.1239999999999Z", "2023-12-07T10:30:00.123")]
    [InlineData("2000-03-08T18:21:39+20:58", "2000-03-07T21:23:39.000")]
    [InlineData("2023-12-07T00:30:00-23:59", "2023-12-08T00:29:00.000")]
    [InlineData("0001-01-02T00:00:00Z", "0001-01-02T00:00:00.000")]
    [InlineData("0001-01-02T00:00:00.000Z", "0001-01-02T00:00:00.000")]
    [InlineData("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999")]
    public void TryParse_OfAnInstant_GivesItInUtcCutToMilliseconds(string text, string expected)
    {
        Assert.True(Instant.TryParse(text, out var instant));
        Assert.Equal(expected, instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, instant.Offset);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2023-12-07")]
    [InlineData("2023-12-07T10:30:00")]
    [InlineData("2023-12-07 10:30:00Z")]
    [InlineData("2023-12-07T10:3099Z")]
    [InlineData("2023-12-07T10:30:60Z")]
    [InlineData("2023-12-07T25:00:00Z")]
    [InlineData("2023-12-07T24:00:00Z")]
    [InlineData("2023-02-30T10:30:00Z")]
    [InlineData("2023-12-07T10:30:00+24:00")]
    [InlineData("2023-12-07T10:30:00+01:60")]
    [InlineData("2023-12-07T10:30:00.Z")]
    [InlineData("2023-12-07T10:30.5Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("10000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("0001-01-01T00:00:00.000Z")]
    [InlineData("0001-01-01T23:59:59.999Z")]
    [InlineData("0001-01-02T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData(" 2023-12-07T10:30:00Z")]
    [InlineData("2023-12-07T10:30:00Z\n")]
    [InlineData("٢٠٢٣-12-07T10:30:00Z")]
    public void TryParse_OfAnythingElse_IsFalse(string? text) => Assert.False(Instant.TryParse(text, out _));
}
