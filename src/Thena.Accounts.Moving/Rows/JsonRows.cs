using System.Runtime.CompilerServices;
using Thena.Accounts.Moving.Files;

namespace Thena.Accounts.Moving.Rows;

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
