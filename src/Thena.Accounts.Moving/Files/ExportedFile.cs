namespace Thena.Accounts.Moving.Files;

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
