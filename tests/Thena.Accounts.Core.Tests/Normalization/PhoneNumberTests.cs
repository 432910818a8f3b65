using CsCheck;
using Thena.Accounts.Core.Normalization;

namespace Thena.Accounts.Core.Tests.Normalization;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+1234567", true)]
    [InlineData("+123456789012345", true)]
    [InlineData(" +49 (30) 123-45.67 ", true)]
    [InlineData("+(49)301234567", true)]
    [InlineData("+123456", false)]
    [InlineData("+1234567890123456", false)]
    [InlineData("1234567", false)]
    [InlineData("004930123456", false)]
    [InlineData("++1234567", false)]
    [InlineData("+12345x67", false)]
    [InlineData("+1234567 ext. 8", false)]
    [InlineData("+١٢٣٤٥٦٧", false)]
    [InlineData("+1234567\u0000", false)]
    [InlineData("+", false)]
    [InlineData("", false)]
    public void IsValid_OfAText_AsksForPlusAndSevenToFifteenDigits(string text, bool expected) =>
        Assert.Equal(expected, PhoneNumber.IsValid(text));

    [Fact]
    public void IsValid_OfDigitsWithSeparators_CountsTheDigitsOnly() =>
        Gen.Char["0123456789 .-()"].Array[0, 40].Select(text => new string(text)).Sample(
            text => Assert.Equal(text.Count(char.IsAsciiDigit) is >= 7 and <= 15, PhoneNumber.IsValid("+" + text)),
            iter: 5_000);
}
