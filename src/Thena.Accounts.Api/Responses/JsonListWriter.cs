using System.Collections;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Api.Responses;

/// <summary>
/// Writes a list whose items come in portions as a JSON array. It is sent in parts, so that its JSON is never whole in memory.
/// </summary>
internal sealed class JsonListWriter(HttpResponse response, JsonTypeInfo itemType, CancellationToken aborted) : IAsyncDisposable
{
    private const int PartBytes = 32 * 1_024;

    private readonly PipeWriter _output = response.BodyWriter;
    private readonly Utf8JsonWriter _writer = new(response.BodyWriter, Options);
    private bool _hasStarted;

    /// <summary>The options of writers of responses.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = WireJson.Encoder, SkipValidation = true };

    /// <summary>Writes items.</summary>
    public async ValueTask WriteAsync(IEnumerable items)
    {
        Start();
        foreach (var item in items)
        {
            JsonSerializer.Serialize(_writer, item, itemType);
            if (_writer.BytesPending + _output.UnflushedBytes >= PartBytes)
            {
                await _writer.FlushAsync(aborted);
                await _output.FlushAsync(aborted);
            }
        }
    }

    /// <summary>Ends the array.</summary>
    public async ValueTask EndAsync()
    {
        Start();
        _writer.WriteEndArray();
        await _writer.FlushAsync(aborted);
        if (!response.HasStarted)
        {
            response.ContentLength = _writer.BytesCommitted;
        }

        await _output.FlushAsync(aborted);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private void Start()
    {
        if (!_hasStarted)
        {
            _writer.WriteStartArray();
            _hasStarted = true;
        }
    }
}
