using System.Globalization;
using System.Text.Json;

namespace Thena.Accounts.Core.Json;

/// <summary>
/// The exact value of a number of at most <see cref="MaxDigits"/> significant digits: <see cref="Digits"/> × 10^-<see cref="Scale"/>, in
/// lowest terms. A longer number is found by counting, and never computed.
/// </summary>
/// <param name="Digits">The significant digits, with the sign.</param>
/// <param name="Length">The number of significant digits; 0 for zero.</param>
/// <param name="Scale">The number of digits after the decimal point; negative for a whole number that ends with zeros.</param>
public readonly record struct ExactNumber(decimal Digits, int Length, long Scale)
{
    /// <summary>The largest number of significant digits: from the first digit other than zero to the last one.</summary>
    public const int MaxDigits = 28;

    /// <summary>Whether the number has no fraction.</summary>
    public bool IsWhole => Scale <= 0;

    /// <summary>Parses the text of a JSON number. The time is linear in its length.</summary>
    /// <returns><see langword="false"/> if the number has more than <see cref="MaxDigits"/> significant digits.</returns>
    public static bool TryParse(ReadOnlySpan<byte> json, out ExactNumber number)
    {
        number = default;
        var exponentAt = json.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = exponentAt < 0 ? json : json[..exponentAt];
        var first = mantissa.IndexOfAnyInRange((byte)'1', (byte)'9');
        if (first < 0)
        {
            return true;
        }

        var last = mantissa.LastIndexOfAnyInRange((byte)'1', (byte)'9');
        var point = mantissa.IndexOf((byte)'.');
        var length = last - first + (point > first && point < last ? 0 : 1);
        if (length > MaxDigits)
        {
            return false;
        }

        var digits = 0m;
        foreach (var digit in mantissa[first..(last + 1)])
        {
            digits = digit == '.' ? digits : (digits * 10) + (digit - '0');
        }

        // The digit just before the point has the weight 1, and the one after it 1/10.
        var scale = point < 0 ? last + 1 - mantissa.Length : last > point ? last - point : last + 1 - point;
        number = new ExactNumber(
            json[0] == '-' ? -digits : digits, length, scale - (exponentAt < 0 ? 0 : Exponent(json[(exponentAt + 1)..])));
        return true;
    }

    /// <summary>Converts the number to a <see cref="decimal"/>.</summary>
    /// <returns><see langword="false"/> if the number written out has more than 28 digits before or after the decimal point.</returns>
    public bool TryGetDecimal(out decimal number)
    {
        number = 0;
        if (Scale > MaxDigits || Length - Scale > MaxDigits)
        {
            return false;
        }

        number = Digits * (Scale >= 0 ? new decimal(1, 0, 0, isNegative: false, (byte)Scale) : 1);
        for (var zeros = Scale; zeros < 0; zeros++)
        {
            number *= 10;
        }

        return true;
    }

    internal static bool TryRead(ref Utf8JsonReader reader, out decimal number)
    {
        number = 0;
        return reader.TokenType == JsonTokenType.Number
            && TryParse(reader.ValueSpan, out var exact)
            && exact.TryGetDecimal(out number);
    }

    private static long Exponent(ReadOnlySpan<byte> text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            && Math.Abs(exponent) < int.MaxValue
            ? exponent
            : text[0] == '-' ? -int.MaxValue : int.MaxValue;
}
