using System.Text.RegularExpressions;
using CsCheck;
using Thena.Accounts.Core.Normalization;

namespace Thena.Accounts.Core.Tests.Normalization;

public sealed partial class DomainNameTests
{
    [Theory]
    [InlineData("acme.com", "acme.com")]
    [InlineData("  Acme.COM \t", "acme.com")]
    [InlineData("https://me@www.Acme.com:8080/about", "acme.com")]
    [InlineData("http://me:secret@acme.com", "acme.com")]
    [InlineData("https://acme.com?q=a/b@c", "acme.com")]
    [InlineData("https://acme.com#x@y.com", "acme.com")]
    [InlineData("//acme.com/x", "acme.com")]
    [InlineData("acme.com:443", "acme.com")]
    [InlineData("acme.com:", "acme.com")]
    [InlineData("@acme.com", "acme.com")]
    [InlineData("me@acme.com", "acme.com")]
    [InlineData("acme.com.", "acme.com")]
    [InlineData("www.acme.com", "acme.com")]
    [InlineData("WWW.acme.com.", "acme.com")]
    [InlineData("www.www.acme.com", "acme.com")]
    [InlineData("www.com", "www.com")]
    [InlineData("wwww.acme.com", "wwww.acme.com")]
    [InlineData("shop.acme.co.uk", "shop.acme.co.uk")]
    [InlineData("bücher.example.", "xn--bcher-kva.example")]
    [InlineData("BÜCHER.example", "xn--bcher-kva.example")]
    [InlineData("XN--BCHER-KVA.example", "xn--bcher-kva.example")]
    [InlineData("例え。テスト", "xn--r8jz45g.xn--zckzah")]
    [InlineData("a.1.b2", "a.1.b2")]
    public void TryNormalize_OfADomainInAnyForm_GivesTheStoredForm(string text, string expected)
    {
        Assert.True(DomainName.TryNormalize(text, out var domain));
        Assert.Equal(expected, domain);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("acme")]
    [InlineData("localhost:8000")]
    [InlineData("127.0.0.1")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("[::1]")]
    [InlineData("1.2")]
    [InlineData("a..b")]
    [InlineData(".acme.com")]
    [InlineData("-acme.com")]
    [InlineData("acme-.com")]
    [InlineData("ac_me.com")]
    [InlineData("ac me.com")]
    [InlineData("acme.com,acme.org")]
    [InlineData("http://")]
    [InlineData("@")]
    [InlineData("www.")]
    public void TryNormalize_OfWhatIsNoDomain_IsFalse(string? text)
    {
        Assert.False(DomainName.TryNormalize(text, out var domain));
        Assert.Null(domain);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void TryNormalize_OfALongLabel_TakesSixtyThreeCharacters(int length, bool expected) =>
        Assert.Equal(expected, DomainName.TryNormalize(new string('a', length) + ".com", out _));

    [Theory]
    [InlineData(253, true)]
    [InlineData(254, false)]
    public void TryNormalize_OfALongName_TakesTwoHundredAndFiftyThreeCharacters(int length, bool expected)
    {
        var start = string.Concat(Enumerable.Repeat(new string('a', 49) + ".", 4));

        Assert.Equal(expected, DomainName.TryNormalize(start + new string('b', length - start.Length), out _));
    }

    [Fact]
    public void TryNormalize_OfAnyText_NeverThrowsAndGivesAHostNameThatStays() =>
        Gen.OneOf(Gen.Char.Array[0, 30].Select(text => new string(text)), Domainlike).Sample(
            text =>
            {
                if (DomainName.TryNormalize(text, out var domain))
                {
                    Assert.Matches(HostName(), domain);
                    Assert.True(domain.Length <= 253);
                    Assert.True(DomainName.TryNormalize(domain, out var again));
                    Assert.Equal(domain, again);
                }
            },
            iter: 20_000);

    [Fact]
    public void TryNormalize_OfADecoratedDomain_GivesTheDomain() =>
        Gen.Select(
            Gen.OneOf("", "https://", "http://", "HTTP://", "//", "@", "https://me@", " "),
            Gen.OneOf("", "www.", "WWW."),
            Gen.Char["abcxyz0189"].Array[1, 20].Select(label => new string(label)),
            Gen.OneOf("", ".", ":80", "/", "/a/b.html", "?q=1", "#top", ":8080/x", " ")).Sample(
            (before, www, label, after) =>
            {
                Assert.True(DomainName.TryNormalize($"{before}{www}{label}.Example.com{after}", out var domain));
                Assert.Equal($"{label}.example.com", domain);
            });

    private static Gen<string> Domainlike { get; } =
        Gen.OneOf(
            "www.", "a", "Ü", "ß", "İ", "。", ".", "-", "xn--", "@", ":", "/", "//", "http:", "com", "1", " ",
            "\ud83d", "\ude00", "\u200d", "\0").Array[1, 10].Select(string.Concat);

    [GeneratedRegex(@"^(?!.*\.\.)(?!www\.[^.]+\.)[a-z0-9][a-z0-9.-]*\.[a-z][a-z0-9-]*(?<!-)$", RegexOptions.None, 1_000)]
    private static partial Regex HostName();
}
