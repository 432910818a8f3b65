using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Moving.Files;

namespace Thena.Accounts.Moving.Rows;

/// <summary>
/// The rows of a CSV file. Columns are found by the names of the API's fields and of custom fields, ignoring case, blanks, <c>_</c> and
/// <c>-</c>.
/// </summary>
public sealed class CsvRows : IRowSource, IDisposable
{
    /// <summary>The column with the primary domain of a contact's account. Several are separated by semicolons.</summary>
    public const string AccountDomain = "accountDomain";

    private const string CustomFieldValues = "customFieldValues";
    private const int MaxFieldLength = 10 * 1024 * 1024;
    private const int MaxColumns = 1_000;

    private readonly CsvParser _parser;
    private readonly Column[] _columns;
    private readonly QuoteCheck _quotes;
    private readonly bool _isExact;

    private CsvRows(CsvParser parser, QuoteCheck quotes, string[] header, Column[] columns, bool isExact) =>
        (_parser, _quotes, Header, _columns, _isExact) = (parser, quotes, header, columns, isExact);

    /// <summary>The names of the columns, as the file has them.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Reads the header of a file.</summary>
    /// <param name="stream">The file. Its encoding and its separator are detected.</param>
    /// <param name="kind"><see cref="AccountKind.Plural"/> or <see cref="ContactKind.Plural"/>.</param>
    /// <param name="customFields">The custom fields of these records.</param>
    /// <param name="renamed">The fields of columns with other names. An empty field leaves the column out.</param>
    /// <param name="isExact">Whether cells are taken exactly as they are. Otherwise, <see cref="Formulas"/> are undone.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <exception cref="RecordSourceException">The file has no header, an unknown column or not the columns that are needed.</exception>
    public static async Task<CsvRows> OpenAsync(
        Stream stream,
        string kind,
        IReadOnlyList<CustomFieldResponse> customFields,
        IReadOnlyDictionary<string, string> renamed,
        bool isExact,
        CancellationToken cancellationToken)
    {
        var quotes = new QuoteCheck();
        var parser = new CsvParser(
            await TextFile.OpenAsync(stream, cancellationToken),
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                DetectDelimiter = true,
                DetectDelimiterValues = [",", ";", "\t", "|"],
                MaxFieldSize = MaxFieldLength,
                BadDataFound = _ => quotes.IsBad = true,
            });
        if (!await ReadAsync(parser))
        {
            throw new RecordSourceException("The file is empty. Its first line must name the columns.");
        }

        var header = parser.Record!;
        if (quotes.IsBad)
        {
            throw new RecordSourceException("The first line has a quotation mark in a name that is not in quotation marks.");
        }

        if (header.Length > MaxColumns)
        {
            throw new RecordSourceException($"The file has more than {MaxColumns} columns.");
        }

        string[] names = isExact ? header : Array.ConvertAll(header, Formulas.FromCell);
        return new CsvRows(parser, quotes, header, ColumnMatch.Match(names, kind, customFields, renamed), isExact);
    }

    /// <inheritdoc/>
    public bool AddsToLists => true;

    /// <inheritdoc/>
    public async IAsyncEnumerable<FileRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _quotes.IsBad = false;
            var line = _parser.RawRow + 1L;
            if (!await ReadAsync(_parser))
            {
                yield break;
            }

            yield return ToRow(line, _parser.Record!);
        }
    }

    /// <inheritdoc/>
    public string? ColumnOf(FileRow row, string member)
    {
        var end = member.IndexOfAny(['[', '.']);
        var name = end < 0 ? member : member[..end];
        if (name != CustomFieldValues)
        {
            return Array.Find(_columns, column => column.Member == name)?.Header;
        }

        // The values are those of the custom fields whose cells are not empty.
        var position = end < 0 ? "" : member[(end + 1)..].Split(']')[0];
        return int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? _columns.Where((column, index) => column.Kind == ColumnKind.CustomField && !IsEmpty(row.Cells[index]))
                .ElementAtOrDefault(number)?.Header
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _parser.Dispose();

    /// <summary>Splits a cell with several texts.</summary>
    internal static string[] Split(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private bool IsEmpty(string cell) => string.IsNullOrWhiteSpace(TextOf(cell));

    private string TextOf(string cell) => _isExact ? cell : Formulas.FromCell(cell);

    private FileRow ToRow(long line, string[] cells)
    {
        if (_quotes.IsBad)
        {
            return new FileRow(line) { Cells = cells, Problem = "The row has a quotation mark in a cell that is not in quotation marks" };
        }

        if (cells.Length != _columns.Length)
        {
            return new FileRow(line)
            {
                Cells = cells,
                Problem = $"The row has {cells.Length} cells, but the first line has {_columns.Length}",
            };
        }

        var members = new JsonObject();
        List<JsonNode> values = [];
        string[] domains = [];
        for (var index = 0; index < cells.Length; index++)
        {
            var (column, text) = (_columns[index], TextOf(cells[index]));
            if (column.Kind == ColumnKind.Ignored || string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (column.Kind == ColumnKind.AccountDomain)
            {
                domains = Split(text);
            }
            else if (column.Kind == ColumnKind.CustomField)
            {
                values.Add(new JsonObject { ["customFieldId"] = column.Member, ["data"] = column.ToJson(text) });
            }
            else
            {
                members[column.Member] = column.ToJson(text);
            }
        }

        if (values.Count > 0)
        {
            members[CustomFieldValues] = new JsonArray([.. values]);
        }

        return new FileRow(line) { Cells = cells, AccountDomains = domains, Request = JsonSerializer.SerializeToUtf8Bytes(members) };
    }

    /// <summary>Whether the parser has found a quotation mark in a wrong place.</summary>
    private sealed class QuoteCheck
    {
        public bool IsBad { get; set; }
    }

    private static async Task<bool> ReadAsync(CsvParser parser)
    {
        var line = parser.RawRow + 1;
        try
        {
            return await parser.ReadAsync();
        }
        catch (MaxFieldSizeException)
        {
            throw new RecordSourceException(
                $"A field that starts in line {line} is longer than 10 MB. Perhaps a quotation mark is missing.");
        }
        catch (DecoderFallbackException)
        {
            throw new RecordSourceException(
                $"The text after line {line} does not match the encoding of the text before. Save the file as UTF-8.");
        }
    }
}
