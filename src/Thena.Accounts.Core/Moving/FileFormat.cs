namespace Thena.Accounts.Core.Moving;

/// <summary>The format of files with records.</summary>
public enum FileFormat
{
    /// <summary>One JSON object per line, as the API shows the record.</summary>
    Ndjson,

    /// <summary>Comma-separated values, for spreadsheets.</summary>
    Csv,
}

/// <summary>The names of formats, which are also the endings of files.</summary>
public static class FileFormats
{
    private const string Ndjson = "ndjson", Csv = "csv";

    /// <summary>All names. The first one is the default.</summary>
    public static IReadOnlyList<string> Names { get; } = [Ndjson, Csv];

    /// <summary>Returns the name of a format.</summary>
    public static string ToName(this FileFormat format) => format == FileFormat.Csv ? Csv : Ndjson;

    /// <summary>Returns the format with a name; the default one without a name.</summary>
    public static FileFormat Parse(string? name) => name == Csv ? FileFormat.Csv : FileFormat.Ndjson;
}
