using Thena.Accounts.Core.Moving;

namespace Thena.Accounts.Api.Moving;

/// <summary>Another server that records are written to, with documented operations only.</summary>
/// <param name="server">The server.</param>
/// <param name="name">Its name.</param>
internal sealed class ServerTarget(ServerConnection server, string name) : IRecordTarget
{
    private readonly ServerSource _records = new(server, createsUsers: false);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string kind, CancellationToken cancellationToken) =>
        _records.ReadAsync(kind, cancellationToken);

    /// <inheritdoc/>
    public Task<TargetAnswer> CreateAsync(string kind, byte[] request, string idempotencyKey, CancellationToken cancellationToken) =>
        server.WriteAsync(HttpMethod.Post, PathOf(kind), request, idempotencyKey, cancellationToken);

    /// <inheritdoc/>
    public Task<TargetAnswer> UpdateAsync(string kind, string id, byte[] request, CancellationToken cancellationToken) =>
        server.WriteAsync(HttpMethod.Put, $"{PathOf(kind)}/{Uri.EscapeDataString(id)}", request, idempotencyKey: null, cancellationToken);

    private static string PathOf(string kind) => kind switch
    {
        RecordKinds.AttributeValues => "v1/accounts/attributes",
        RecordKinds.RelationshipTypes => "v1/accounts/relationships/types",
        RecordKinds.CustomFields => "v1/custom-field",
        RecordKinds.Accounts => "v1/accounts",
        _ => $"v1/accounts/{kind}",
    };
}
