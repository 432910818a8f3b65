using Thena.Accounts.Moving.Copying;

namespace Thena.Accounts.Moving.Rows;

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
