using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Json;

/// <summary>Reads decimal numbers exactly. A number with too many digits is refused rather than rounded.</summary>
public sealed class DecimalJsonConverter : JsonConverter<decimal>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is not a number, or has too many digits.</exception>
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ExactNumber.TryRead(ref reader, out var number) ? number : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>Reads whole numbers, which can be written as <c>100</c>, <c>100.0</c> or <c>1e2</c>.</summary>
public sealed class WholeNumberJsonConverter : JsonConverter<int>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is not a number, has a fraction, or does not fit into 32 bits.</exception>
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ExactNumber.TryRead(ref reader, out var number)
        && decimal.IsInteger(number) && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>
/// The exact value of a JSON number, without rounding: <see cref="Digits"/> × 10^-<see cref="Scale"/>, in lowest terms.
/// </summary>
/// <param name="Digits">The significant digits, with the sign.</param>
/// <param name="Scale">The number of digits after the decimal point; negative for a whole number that ends with zeros.</param>
public readonly record struct ExactNumber(BigInteger Digits, long Scale)
{
    private const int DecimalDigits = 28;

    /// <summary>Whether the number has no fraction.</summary>
    public bool IsWhole => Scale <= 0;

    /// <summary>Parses the text of a JSON number.</summary>
    public static ExactNumber Parse(string json)
    {
        var exponentAt = json.AsSpan().IndexOfAny('e', 'E');
        var mantissa = exponentAt < 0 ? json : json[..exponentAt];
        var exponent = exponentAt < 0 ? 0 : Exponent(json[(exponentAt + 1)..]);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? 0 : mantissa.Length - point - 1;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        var trimmed = mantissa.Length - (point < 0 ? 0 : 1) - digits.Length;
        return digits.Trim('-').TrimStart('0').Length == 0
            ? new ExactNumber(BigInteger.Zero, 0)
            : new ExactNumber(
                BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), fraction - trimmed - exponent);
    }

    /// <summary>Converts the number to a <see cref="decimal"/>.</summary>
    /// <returns><see langword="false"/> if the number needs more than 28 digits.</returns>
    public bool TryGetDecimal(out decimal number)
    {
        number = 0;
        var length = BigInteger.Abs(Digits).ToString(CultureInfo.InvariantCulture).Length;
        if (Scale > DecimalDigits || length - Scale > DecimalDigits || length > DecimalDigits)
        {
            return false;
        }

        number = Scale >= 0
            ? (decimal)Digits * new decimal(1, 0, 0, isNegative: false, (byte)Scale)
            : (decimal)(Digits * BigInteger.Pow(10, (int)-Scale));
        return true;
    }

    internal static bool TryRead(ref Utf8JsonReader reader, out decimal number)
    {
        number = 0;
        return reader.TokenType == JsonTokenType.Number
            && Parse(System.Text.Encoding.ASCII.GetString(reader.ValueSpan)).TryGetDecimal(out number);
    }

    private static long Exponent(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            && Math.Abs(exponent) < int.MaxValue
            ? exponent
            : text[0] == '-' ? -int.MaxValue : int.MaxValue;
}
