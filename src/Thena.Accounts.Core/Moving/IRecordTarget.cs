namespace Thena.Accounts.Core.Moving;

/// <summary>Another server that records are copied to.</summary>
public interface IRecordTarget
{
    /// <summary>The name of the server, such as <c>api.example.com</c>.</summary>
    string Name { get; }

    /// <summary>Reads all records of a kind.</summary>
    /// <param name="kind">The kind, one of <see cref="RecordKinds"/>.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <exception cref="RecordSourceException">The server cannot be read.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string kind, CancellationToken cancellationToken);

    /// <summary>Creates a record.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="request">The JSON of the request.</param>
    /// <param name="idempotencyKey">The same for the same record, also in a later run.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <exception cref="RecordSourceException">The server gives no answer about the record.</exception>
    Task<TargetAnswer> CreateAsync(string kind, byte[] request, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Updates a record.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="id">The ID on the server.</param>
    /// <param name="request">The JSON of the request.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <exception cref="RecordSourceException">The server gives no answer about the record.</exception>
    Task<TargetAnswer> UpdateAsync(string kind, string id, byte[] request, CancellationToken cancellationToken);
}

/// <summary>What another server has done with a record.</summary>
/// <param name="Id">The ID of the record there; <see langword="null"/> if the server has refused it.</param>
/// <param name="Refusal">Why the server has refused the record, as one sentence.</param>
public sealed record TargetAnswer(string? Id, string Refusal = "");
