using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Thena.Accounts.Core.Events;

/// <summary>A position in the feed of an organization, as clients have it.</summary>
internal static class FeedCursor
{
    /// <summary>The text of the position after the last event.</summary>
    public const string Latest = "latest";

    /// <summary>Writes a position.</summary>
    public static string Write(Ulid organizationId, long sequence) => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{organizationId} {sequence}")));

    /// <summary>Reads a position.</summary>
    /// <returns>The number of the last event before it; null if the text is no position in the feed of the organization.</returns>
    public static long? Read(string text, Ulid organizationId) =>
        Base64Url.IsValid(text)
        && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ') is [var organization, var number]
        && organization == organizationId.ToString()
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence
            : null;
}
