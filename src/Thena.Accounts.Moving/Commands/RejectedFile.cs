using System.Globalization;
using System.Text;
using CsvHelper;
using Thena.Accounts.Moving.Files;
using Thena.Accounts.Moving.Rows;

namespace Thena.Accounts.Moving.Commands;

/// <summary>
/// The rows that were rejected, in a file beside the imported one that can be corrected and imported. Shows the first ones.
/// </summary>
internal sealed class RejectedFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly IReadOnlyList<string>? _header;
    private readonly bool _isKept;
    private StreamWriter? _writer;
    private CsvWriter? _csv;
    private int _shown;

    /// <summary>Removes the file of an import before.</summary>
    /// <param name="file">The imported file.</param>
    /// <param name="header">The names of its columns, or <see langword="null"/> if it has JSON lines.</param>
    /// <param name="isKept">Whether rejected rows are written.</param>
    public RejectedFile(FileInfo file, IReadOnlyList<string>? header, bool isKept)
    {
        var format = header is null ? FileFormat.Ndjson : FileFormat.Csv;
        (_path, _header, _isKept) = ($"{file.FullName}.rejected.{format.ToName()}", header, isKept);
        if (isKept)
        {
            File.Delete(_path);
        }
    }

    public async ValueTask AddAsync(RejectedRow rejected)
    {
        if (_shown++ < MovingDisplay.MaxShown)
        {
            var column = rejected.Column is null ? "" : $", {rejected.Column}";
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"Line {rejected.Row.Line}{column}: {rejected.Reason}"));
        }

        if (_isKept)
        {
            _writer ??= new StreamWriter(_path);
            await (_header is null
                ? _writer.WriteLineAsync(Encoding.UTF8.GetString(rejected.Row.Request))
                : WriteAsync(_header, rejected));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_csv is not null)
        {
            await _csv.DisposeAsync();
        }

        if (_writer is not null)
        {
            await _writer.DisposeAsync();
            await Console.Error.WriteLineAsync($"The rejected rows are in {_path}.");
        }
    }

    private async Task WriteAsync(IReadOnlyList<string> header, RejectedRow rejected)
    {
        if (_csv is null)
        {
            _csv = new CsvWriter(_writer!, CultureInfo.InvariantCulture, leaveOpen: true);
            await WriteAsync([.. header, .. ColumnMatch.OfRejectedFiles]);
        }

        // The cells stay as the user has written them, but a reason can contain what others have.
        var line = rejected.Row.Line.ToString(CultureInfo.InvariantCulture);
        await WriteAsync([.. rejected.Row.Cells, line, Formulas.ToCell(rejected.Reason)]);
    }

    private async Task WriteAsync(IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            _csv!.WriteField(cell);
        }

        await _csv!.NextRecordAsync();
    }
}
