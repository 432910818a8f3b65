using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Caching.Memory;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>
/// The pattern of a <c>regex</c> field. It is compiled once, and matched in linear time. Neither its size nor the texts that it is matched
/// with can buy much of the server's time.
/// </summary>
internal static class FieldPattern
{
    /// <summary>The largest number of characters of a pattern.</summary>
    public const int MaxLength = 1_000;

    private const string Member = "pattern";

    /// <summary>The longest time of one match. The time of a whole request is limited by <see cref="PatternTime"/>.</summary>
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(100);

    private static readonly MemoryCache Compiled = new(new MemoryCacheOptions { SizeLimit = 1_000 });

    private static readonly MemoryCacheEntryOptions Entry = new() { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) };

    /// <summary>Returns whether the metadata of a field has a pattern. Without one, the field accepts any text.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="pattern">
    /// The compiled pattern; <see langword="null"/> if it is not a string, is too long or too large, or cannot be matched in linear time.
    /// </param>
    public static bool IsPresent(RawJson metadata, out Regex? pattern)
    {
        pattern = null;
        if (!metadata.ToElement().TryGetProperty(Member, out var member))
        {
            return false;
        }

        if (member.ValueKind == JsonValueKind.String && member.GetString() is { Length: <= MaxLength } text)
        {
            pattern = Compiled.TryGetValue(text, out Regex? known) ? known : Compiled.Set(text, Compile(text), Entry);
        }

        return true;
    }

    private static Regex? Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchTimeout);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}

/// <summary>The time that one request has for matching patterns.</summary>
internal sealed class PatternTime
{
    private const string NotInTime = "could not be matched with the field's pattern in time";

    private TimeSpan _left = TimeSpan.FromMilliseconds(500);

    /// <summary>Matches a text with the pattern of a field.</summary>
    /// <returns>The problem, as the end of a sentence, or <see langword="null"/> if the text matches.</returns>
    public string? Check(RawJson metadata, string text)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            return !FieldPattern.IsPresent(metadata, out var pattern) ? null
                : _left <= TimeSpan.Zero ? NotInTime
                : pattern?.IsMatch(text) == true ? null
                : "must match the field's pattern";
        }
        catch (RegexMatchTimeoutException)
        {
            return NotInTime;
        }
        finally
        {
            _left -= Stopwatch.GetElapsedTime(started);
        }
    }
}
