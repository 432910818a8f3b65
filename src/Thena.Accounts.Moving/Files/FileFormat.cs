

namespace Thena.Accounts.Moving.Files;

/// <summary>The format of files with records.</summary>
public enum FileFormat
{
    /// <summary>One JSON object per line, as the API shows the record.</summary>
    Ndjson,

    /// <summary>Comma-separated values, for spreadsheets. Texts are escaped as in <see cref="Formulas"/>.</summary>
    Csv,

    /// <summary>Comma-separated values, exactly as they are stored.</summary>
    ExactCsv,
}

/// <summary>The names of formats, which are also the endings of files.</summary>
public static class FileFormats
{
    private const string Ndjson = "ndjson", Csv = "csv";

    /// <summary>All names. The first one is the default.</summary>
    public static IReadOnlyList<string> Names { get; } = [Ndjson, Csv];

    /// <summary>Returns the name of a format.</summary>
    public static string ToName(this FileFormat format) => format == FileFormat.Ndjson ? Ndjson : Csv;

    /// <summary>Returns the format with a name; the default one without a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isExact">Whether values are written exactly as they are stored.</param>
    public static FileFormat Parse(string? name, bool isExact) =>
        name != Csv ? FileFormat.Ndjson
        : isExact ? FileFormat.ExactCsv
        : FileFormat.Csv;
}
