using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CsvHelper;
using CsvHelper.Configuration;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Moving.Files;

/// <summary>Writes records to a stream, in one of the formats of files.</summary>
internal abstract class RecordOutput : IAsyncDisposable
{
    /// <summary>Writes a record.</summary>
    public abstract ValueTask WriteAsync(object record, CancellationToken cancellationToken);

    /// <summary>Writes what is left. Does not close the stream.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Creates an output.</summary>
    /// <param name="format">The format.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="kind">The kind of the records.</param>
    /// <param name="customFields">The names of the custom fields that the records can have values of, by ID.</param>
    public static async ValueTask<RecordOutput> CreateAsync(
        FileFormat format, Stream stream, RecordKind kind, IReadOnlyList<KeyValuePair<string, string>> customFields)
    {
        if (format == FileFormat.Ndjson)
        {
            return new NdjsonOutput(stream, kind.ResponseType);
        }

        var output = new CsvOutput(stream, kind.ResponseType, customFields, isExact: format == FileFormat.ExactCsv);
        await output.WriteHeaderAsync();
        return output;
    }

    private sealed class NdjsonOutput : RecordOutput
    {
        private const int BufferSize = 65_536;

        private readonly Stream _stream;
        private readonly ArrayBufferWriter<byte> _buffer = new(BufferSize * 2);
        private readonly Utf8JsonWriter _writer;
        private readonly JsonTypeInfo _type;

        public NdjsonOutput(Stream stream, Type type)
        {
            (_stream, _type) = (stream, WireJson.Options.GetTypeInfo(type));
            _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = WireJson.Encoder, SkipValidation = true });
        }

        public override async ValueTask WriteAsync(object record, CancellationToken cancellationToken)
        {
            JsonSerializer.Serialize(_writer, record, _type);
            _writer.Reset();
            _buffer.Write("\n"u8);
            if (_buffer.WrittenCount >= BufferSize)
            {
                await FlushAsync(cancellationToken);
            }
        }

        public override async ValueTask DisposeAsync()
        {
            await FlushAsync(CancellationToken.None);
            await _writer.DisposeAsync();
        }

        private async ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            await _stream.WriteAsync(_buffer.WrittenMemory, cancellationToken);
            _buffer.ResetWrittenCount();
        }
    }

    /// <summary>Columns are the members of a record, without display settings, and one for each custom field.</summary>
    private sealed class CsvOutput : RecordOutput
    {
        private const string CustomFieldValues = "customFieldValues";

        private readonly CsvWriter _csv;
        private readonly string[] _columns;
        private readonly IReadOnlyList<KeyValuePair<string, string>> _customFields;
        private readonly bool _isExact;
        private readonly JsonTypeInfo _type;

        public CsvOutput(Stream stream, Type type, IReadOnlyList<KeyValuePair<string, string>> customFields, bool isExact)
        {
            (_isExact, _type) = (isExact, WireJson.Options.GetTypeInfo(type));
            _csv = new CsvWriter(
                new StreamWriter(stream, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true),
                new CsvConfiguration(CultureInfo.InvariantCulture));
            _customFields = customFields;
            _columns =
            [
                .. _type.Properties.Select(property => property.Name)
                    .Where(name => name != CustomFieldValues && !name.EndsWith("Configuration", StringComparison.Ordinal)),
            ];
        }

        public async ValueTask WriteHeaderAsync()
        {
            foreach (var column in _columns.Concat(_customFields.Select(field => field.Value)))
            {
                _csv.WriteField(Cell(column));
            }

            await _csv.NextRecordAsync();
        }

        public override async ValueTask WriteAsync(object record, CancellationToken cancellationToken)
        {
            var members = JsonSerializer.SerializeToElement(record, _type);
            foreach (var column in _columns)
            {
                _csv.WriteField(TextOf(members.GetProperty(column)));
            }

            if (_customFields.Count > 0)
            {
                var values = members.GetProperty(CustomFieldValues).EnumerateArray()
                    .ToDictionary(value => value.GetProperty("customFieldId").GetString()!, value => TextOf(value.GetProperty("data")));
                foreach (var field in _customFields)
                {
                    _csv.WriteField(values.GetValueOrDefault(field.Key, ""));
                }
            }

            await _csv.NextRecordAsync();
        }

        public override ValueTask DisposeAsync() => _csv.DisposeAsync();

        private string TextOf(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.String => Cell(value.GetString()!),
            _ => value.GetRawText(),
        };

        private string Cell(string text) => _isExact ? text : Formulas.ToCell(text);
    }
}
