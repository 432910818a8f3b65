using Thena.Accounts.Core.Moving;

namespace Thena.Accounts.Api.Moving;

/// <summary>Another server that records are written to, with documented operations only.</summary>
/// <param name="server">The server.</param>
internal sealed class ServerTarget(ServerConnection server) : IRecordTarget
{
    private readonly ServerSource _records = new(server, createsUsers: false);

    /// <inheritdoc/>
    public string Name => server.Name;

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string kind, CancellationToken cancellationToken) =>
        _records.ReadAsync(kind, cancellationToken);

    /// <inheritdoc/>
    public Task<TargetAnswer> CreateAsync(string kind, byte[] request, string idempotencyKey, CancellationToken cancellationToken) =>
        server.WriteAsync(HttpMethod.Post, ServerSource.PathOf(kind), request, idempotencyKey, cancellationToken);

    /// <inheritdoc/>
    public Task<TargetAnswer> UpdateAsync(string kind, string id, byte[] request, CancellationToken cancellationToken)
    {
        var path = $"{ServerSource.PathOf(kind)}/{Uri.EscapeDataString(id)}";
        return server.WriteAsync(HttpMethod.Put, path, request, idempotencyKey: null, cancellationToken);
    }
}
