using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Tests.Json;

public sealed class ExactNumberTests
{
    [Theory]
    [InlineData("0", "0", true)]
    [InlineData("-0.000e99999999999999999999", "0", true)]
    [InlineData("100", "100", true)]
    [InlineData("1e2", "100", true)]
    [InlineData("-12.50", "-12.5", false)]
    [InlineData("1250e-2", "12.5", false)]
    [InlineData("0.0012", "0.0012", false)]
    [InlineData("10.0", "10", true)]
    [InlineData("1000.5e1", "10005", true)]
    [InlineData("9999999999999999999999999999", "9999999999999999999999999999", true)]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001", false)]
    public void TryParse_OfANumberThatFits_IsExact(string json, string expected, bool isWhole)
    {
        Assert.True(ExactNumber.TryParse(Encoding.ASCII.GetBytes(json), out var number));

        Assert.True(number.TryGetDecimal(out var value));
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), value);
        Assert.Equal(isWhole, number.IsWhole);
    }

    [Theory]
    [InlineData("1e28")]
    [InlineData("1e-29")]
    [InlineData("1e999999999")]
    [InlineData("1e-99999999999999999999")]
    public void TryGetDecimal_OfANumberOfAnotherMagnitude_Fails(string json)
    {
        Assert.True(ExactNumber.TryParse(Encoding.ASCII.GetBytes(json), out var number));

        Assert.False(number.TryGetDecimal(out _));
    }

    /// <summary>Computing the value of so many digits takes hours.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("0.", "")]
    [InlineData("7.", "e-9")]
    public void TryParse_OfTenMillionDigits_Fails(string before, string after) =>
        Assert.False(ExactNumber.TryParse(Encoding.ASCII.GetBytes(before + new string('7', 10_000_000) + after), out _));

    [Fact]
    public void TryParse_OfAnyNumber_AgreesWithArithmetic() => Gen.Select(
        Gen.Int[0, 40].SelectMany(length => Gen.Char['0', '9'].Array[length]), Gen.Int[0, 40], Gen.Int[-30, 30], Gen.Bool).Sample(
        (digits, pointAt, exponent, isNegative) =>
        {
            var text = new string(digits);
            var point = Math.Min(pointAt, text.Length);
            var json = string.Create(
                CultureInfo.InvariantCulture, $"{(isNegative ? "-" : "")}0{text[..point]}.{text[point..]}0e{exponent}");
            var value = BigInteger.Parse("0" + text, CultureInfo.InvariantCulture) * (isNegative ? -1 : 1);
            var scale = text.Length + 1 - point - exponent;
            var fits = text.Trim('0').Length <= ExactNumber.MaxDigits;

            Assert.Equal(fits, ExactNumber.TryParse(Encoding.ASCII.GetBytes(json), out var number));
            if (fits)
            {
                Assert.Equal(
                    value * 10 * BigInteger.Pow(10, 100 - scale),
                    (BigInteger)number.Digits * BigInteger.Pow(10, 100 - (int)number.Scale));
            }
        });
}
