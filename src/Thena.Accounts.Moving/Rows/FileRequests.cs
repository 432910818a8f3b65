using System.Text.Json.Serialization;
using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Core.Validation;
using Thena.Accounts.Moving.Files;

namespace Thena.Accounts.Moving.Rows;

/// <summary>How a file is imported.</summary>
public sealed record ImportFileQuery
{
    /// <summary>Whether existing records get the values of the file. By default, they are skipped.</summary>
    public bool? Update { get; init; }

    /// <summary>Whether the file is only checked, and nothing is written.</summary>
    public bool? DryRun { get; init; }

    /// <summary>
    /// Whether the texts of a CSV file are taken exactly as they are. By default, an apostrophe before a text that a spreadsheet would
    /// compute as a formula is removed.
    /// </summary>
    public bool? Exact { get; init; }
}

/// <summary>What to export.</summary>
public sealed record ExportQuery
{
    /// <summary>The kind of records.</summary>
    /// <example>accounts</example>
    public string? Kind { get; init; }

    /// <summary>The format of the file. The default is <c>ndjson</c>, one JSON object per line.</summary>
    /// <example>csv</example>
    public string? Format { get; init; }

    /// <summary>
    /// Whether a CSV file has texts exactly as they are stored. By default, it has an apostrophe before a text that a spreadsheet would
    /// compute as a formula.
    /// </summary>
    public bool? Exact { get; init; }

    /// <summary>The kinds that can be exported: those that the API shows.</summary>
    internal static IReadOnlyList<string> Kinds { get; } =
        [.. RecordKinds.All.Where(kind => kind.Path.Length > 0).Select(kind => kind.Name)];
}

internal sealed class ExportQueryValidator : AbstractValidator<ExportQuery>
{
    public ExportQueryValidator()
    {
        RuleFor(query => new Optional<string?>(query.Kind)).Required().OneOf(ExportQuery.Kinds).OverridePropertyName("kind");
        RuleFor(query => query.Format).OneOf(FileFormats.Names);
    }
}

/// <summary>A line of the response to an import: a rejected row, or the summary as the last line.</summary>
public sealed record ImportLine
{
    /// <summary>The number of the line in the file, from 1.</summary>
    /// <example>3</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Line { get; init; }

    /// <summary>The column or field with the problem, if it is known.</summary>
    /// <example>employees</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Column { get; init; }

    /// <summary>The reason why the row was rejected. In a line without <c>line</c>: the reason why the import stopped.</summary>
    /// <example>employees must be a whole number</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>The summary, in the last line only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RowImportSummary? Summary { get; init; }

    /// <summary>Creates the line of a rejected row.</summary>
    public static ImportLine Of(RejectedRow rejected) =>
        new() { Line = rejected.Row.Line, Column = rejected.Column, Reason = rejected.Reason };
}
