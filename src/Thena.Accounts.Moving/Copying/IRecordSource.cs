using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Moving.Copying;

/// <summary>Where an import reads records from: a folder, or another server.</summary>
public interface IRecordSource
{
    /// <summary>Whether records of a kind are read newest first, as the API lists them. Otherwise they are read oldest first.</summary>
    bool IsNewestFirst { get; }

    /// <summary>
    /// The number of times that all records are read at most. Records may change while they are read; they are read again until nothing new
    /// appears.
    /// </summary>
    int MaxPasses { get; }

    /// <summary>Whether users that do not exist here are created.</summary>
    bool CreatesUsers { get; }

    /// <summary>Returns the number of records of a kind, or <see langword="null"/> if it is not known.</summary>
    long? CountOf(string kind) => null;

    /// <summary>Reads all records of a kind.</summary>
    /// <param name="kind">The kind, one of <see cref="RecordKinds"/>.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>The JSON of each record, as the API shows it; nothing if the source has no such records.</returns>
    /// <exception cref="RecordSourceException">The source cannot be read.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string kind, CancellationToken cancellationToken);
}
