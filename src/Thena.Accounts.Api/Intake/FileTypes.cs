using Microsoft.Net.Http.Headers;
using Thena.Accounts.Moving.Files;

namespace Thena.Accounts.Api.Intake;

/// <summary>The media types of files.</summary>
internal static class FileTypes
{
    /// <summary>A file with one JSON object per line.</summary>
    public const string Ndjson = "application/x-ndjson";

    /// <summary>A CSV file.</summary>
    public const string Csv = "text/csv";

    /// <summary>The message of the error (415) for other media types.</summary>
    public const string Refusal = $"Content-Type must be {Csv} or {Ndjson}!";

    /// <summary>Returns the media type of a format.</summary>
    public static string MediaType(FileFormat format) => format == FileFormat.Ndjson ? Ndjson : $"{Csv}; charset=utf-8";

    /// <summary>Returns the format of a media type, or <see langword="null"/> if it is another one.</summary>
    public static FileFormat? Parse(string? contentType) =>
        !MediaTypeHeaderValue.TryParse(contentType, out var type) ? null
        : type.MediaType.Equals(Csv, StringComparison.OrdinalIgnoreCase) ? FileFormat.Csv
        : type.MediaType.Equals(Ndjson, StringComparison.OrdinalIgnoreCase) ? FileFormat.Ndjson
        : null;
}
