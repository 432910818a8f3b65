namespace Thena.Accounts.Moving.Files;

/// <summary>The list of the files of an export.</summary>
public sealed record ExportManifest
{
    /// <summary>The version of the format that this server writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The name of the file.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The version of the format.</summary>
    public required int Version { get; init; }

    /// <summary>The format of the files: <c>ndjson</c> or <c>csv</c>.</summary>
    public required string Format { get; init; }

    /// <summary>The time of the export.</summary>
    public required DateTimeOffset ExportedAt { get; init; }

    /// <summary>The ID of the organization.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The name of the organization.</summary>
    public required string Organization { get; init; }

    /// <summary>The position in the feed of events from which a copy of the records is kept up to date; null in older exports.</summary>
    public string? Cursor { get; init; }

    /// <summary>The files.</summary>
    public required IReadOnlyList<ExportedFile> Files { get; init; }
}
