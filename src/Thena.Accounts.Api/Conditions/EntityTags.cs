using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Api.Conditions;

/// <summary>
/// The entity tags of records: <c>"updatedAt-digest"</c>. The first part is the version of the record. The second is a digest of the body,
/// which also changes with what the record refers to, such as the name of its owner.
/// </summary>
internal static class EntityTags
{
    private const int DigestBytes = 8;

    /// <summary>Returns the tag of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="body">The record as JSON.</param>
    public static string Create(IVersioned record, ReadOnlySpan<byte> body)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, digest);
        return $"\"{WireFormat.Time(record.UpdatedAt)}-{Convert.ToHexStringLower(digest[..DigestBytes])}\"";
    }

    /// <summary>
    /// Reads the versions of an <c>If-Match</c> header. A tag can be that of a response, or the quoted <c>updatedAt</c> of a list's item.
    /// </summary>
    /// <param name="header">The header.</param>
    /// <param name="versions">
    /// The versions that the client accepts; <see langword="null"/> for <c>*</c>, any version. Tags that are weak or not of
    /// this server match nothing, and are left out.
    /// </param>
    /// <returns>Whether the header is well-formed.</returns>
    public static bool TryParseVersions(StringValues header, out IReadOnlyCollection<DateTimeOffset>? versions)
    {
        versions = null;
        if (!EntityTagHeaderValue.TryParseStrictList([.. header.OfType<string>()], out var tags)
            || (tags.Count > 1 && tags.Contains(EntityTagHeaderValue.Any)))
        {
            return false;
        }

        if (!tags.Contains(EntityTagHeaderValue.Any))
        {
            versions = [.. tags.Where(tag => !tag.IsWeak).Select(tag => Version(tag.Tag.AsSpan().Trim('"'))).OfType<DateTimeOffset>()];
        }

        return true;
    }

    /// <summary>Returns whether an <c>If-None-Match</c> header names a tag. A malformed header names none.</summary>
    public static bool Names(StringValues header, string tag) =>
        header.Count > 0
        && EntityTagHeaderValue.TryParseStrictList([.. header.OfType<string>()], out var tags)
        && tags.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Tag == tag);

    private static DateTimeOffset? Version(ReadOnlySpan<char> tag)
    {
        var time = tag[..Math.Min(tag.Length, WireFormat.TimeLength)];
        return (tag.Length == time.Length || tag[time.Length] == '-') && Instant.TryParse(time.ToString(), out var version)
            ? version
            : null;
    }
}
