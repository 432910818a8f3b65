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

    /// <summary>The files.</summary>
    public required IReadOnlyList<ExportedFile> Files { get; init; }
}

/// <summary>A file of an export.</summary>
public sealed record ExportedFile
{
    /// <summary>The kind of records.</summary>
    public required string Kind { get; init; }

    /// <summary>The name of the file in the folder.</summary>
    public required string Name { get; init; }

    /// <summary>The number of records.</summary>
    public required long Records { get; init; }

    /// <summary>The size of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>The SHA-256 of the file, in hexadecimal.</summary>
    public required string Sha256 { get; init; }
}
