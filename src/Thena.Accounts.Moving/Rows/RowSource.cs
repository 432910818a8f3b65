using System.Runtime.CompilerServices;
using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Moving.Files;

namespace Thena.Accounts.Moving.Rows;

/// <summary>A row of a file: a record to create.</summary>
/// <param name="Line">The number of the line in which it starts, from 1.</param>
public sealed record FileRow(long Line)
{
    /// <summary>The body of the request that creates the record, as JSON; empty if the row cannot be read.</summary>
    public byte[] Request { get; init; } = [];

    /// <summary>Why the row cannot be read, or <see langword="null"/>.</summary>
    public string? Problem { get; init; }

    /// <summary>The cells as they were read, if the file has columns.</summary>
    public IReadOnlyList<string> Cells { get; init; } = [];

    /// <summary>The domains of the accounts that a contact belongs to, as they were read.</summary>
    public IReadOnlyList<string> AccountDomains { get; init; } = [];
}

/// <summary>A row that was rejected.</summary>
/// <param name="Row">The row.</param>
/// <param name="Column">The column with the problem; <see langword="null"/> if it is not known.</param>
/// <param name="Reason">Why, as one sentence.</param>
public sealed record RejectedRow(FileRow Row, string? Column, string Reason);

/// <summary>The rows of a file.</summary>
public interface IRowSource
{
    /// <summary>Reads the rows.</summary>
    /// <exception cref="RecordSourceException">The file cannot be read.</exception>
    IAsyncEnumerable<FileRow> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Whether an update adds custom field values and accounts to those that a record has. Otherwise they replace them, as in a request.
    /// </summary>
    bool AddsToLists { get; }

    /// <summary>Returns the column that a member of a row's request was read from, or <see langword="null"/> if there is none.</summary>
    string? ColumnOf(FileRow row, string member);
}

/// <summary>The rows of a file with one JSON object per line.</summary>
public sealed class JsonRows(Stream stream) : IRowSource
{
    /// <inheritdoc/>
    public bool AddsToLists => false;

    /// <inheritdoc/>
    public async IAsyncEnumerable<FileRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (number, line) in JsonLines.ReadAsync(stream, cancellationToken))
        {
            yield return new FileRow(number) { Request = line.ToArray() };
        }
    }

    /// <inheritdoc/>
    public string? ColumnOf(FileRow row, string member) => member.Length > 0 ? member : null;
}
