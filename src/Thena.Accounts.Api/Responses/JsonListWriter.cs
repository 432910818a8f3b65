using System.Collections;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Thena.Accounts.Api.Responses;

/// <summary>
/// Writes a list whose items come in portions as a JSON array. It is sent in parts, so that its JSON is never whole in memory.
/// </summary>
internal sealed class JsonListWriter(HttpContext context, JsonTypeInfo itemType) : IAsyncDisposable
{
    private const int PartBytes = 32 * 1_024;

    private readonly PipeWriter _output = context.Response.BodyWriter;
    private readonly Utf8JsonWriter _writer = new(context.Response.BodyWriter, ResponseJson.WriterOptions);
    private bool _hasStarted;

    /// <summary>Sends items. Nothing of them is left that could get into the response of an error.</summary>
    /// <returns>Whether the client is still there.</returns>
    public async ValueTask<bool> WriteAsync(IEnumerable items)
    {
        Start();
        foreach (var item in items)
        {
            JsonSerializer.Serialize(_writer, item, itemType);
            if (_writer.BytesPending + _output.UnflushedBytes >= PartBytes && !await SendAsync())
            {
                return false;
            }
        }

        return await SendAsync();
    }

    /// <summary>Ends the array.</summary>
    public async ValueTask EndAsync()
    {
        Start();
        _writer.WriteEndArray();
        await SendAsync();
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

    private async ValueTask<bool> SendAsync()
    {
        await _writer.FlushAsync(context.RequestAborted);
        return !(await _output.FlushAsync(context.RequestAborted)).IsCompleted;
    }
}
