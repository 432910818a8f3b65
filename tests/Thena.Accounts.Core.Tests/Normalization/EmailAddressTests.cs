using CsCheck;
using Thena.Accounts.Core.Normalization;

namespace Thena.Accounts.Core.Tests.Normalization;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("john.doe@example.com", "john.doe", "example.com")]
    [InlineData("  John@WWW.Example.COM ", "John", "www.example.com")]
    [InlineData("a+b@example.com", "a+b", "example.com")]
    [InlineData("o'neil@example.com", "o'neil", "example.com")]
    [InlineData("jürgen@bücher.example", "jürgen", "xn--bcher-kva.example")]
    [InlineData("\"john doe\"@example.com", "\"john doe\"", "example.com")]
    [InlineData("\"a@b\"@example.com", "\"a@b\"", "example.com")]
    public void TryParse_OfAnAddress_TakesItApart(string text, string local, string host)
    {
        Assert.True(EmailAddress.TryParse(text, out var localPart, out var domain));
        Assert.Equal((local, host), (localPart, domain));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("john")]
    [InlineData("@example.com")]
    [InlineData("john@")]
    [InlineData("john@localhost")]
    [InlineData("john@127.0.0.1")]
    [InlineData("john@example..com")]
    [InlineData("john@@example.com")]
    [InlineData("a@b@example.com")]
    [InlineData(".john@example.com")]
    [InlineData("john.@example.com")]
    [InlineData("jo..hn@example.com")]
    [InlineData("john doe@example.com")]
    [InlineData("\"john@example.com")]
    [InlineData("John <john@example.com>")]
    [InlineData("john@example.com,jane@example.com")]
    [InlineData("john@exam ple.com")]
    [InlineData("jo\u0000hn@example.com")]
    [InlineData("john@example.com\u0000")]
    [InlineData("mailto:john@example.com/")]
    public void TryParse_OfWhatIsNone_IsFalse(string? text)
    {
        Assert.False(EmailAddress.TryParse(text, out var localPart, out var domain));
        Assert.Null(localPart);
        Assert.Null(domain);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void TryParse_OfALongLocalPart_TakesSixtyFourCharacters(int length, bool expected) =>
        Assert.Equal(expected, EmailAddress.TryParse(new string('a', length) + "@example.com", out _, out _));

    [Fact]
    public void TryParse_OfAnyText_NeverThrowsAndGivesPartsThatParseAgain() =>
        Gen.OneOf("a", ".", "@", "\"", "\\", "example.com", " ", "\ud83d", "\ude00", "Ü", "\0", "www.")
            .Array[0, 10]
            .Select(string.Concat)
            .Sample(
            text =>
            {
                if (EmailAddress.TryParse(text, out var localPart, out var domain))
                {
                    Assert.True(EmailAddress.TryParse($"{localPart}@{domain}", out var localAgain, out var domainAgain));
                    Assert.Equal((localPart, domain), (localAgain, domainAgain));
                }
            },
            iter: 20_000);
}
