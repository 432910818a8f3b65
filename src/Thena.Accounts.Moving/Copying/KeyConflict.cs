using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Moving.Copying;

/// <summary>What happens if a record has the key of a copied one.</summary>
internal static class KeyConflict
{
    /// <summary>
    /// Returns the request that gives a record a key that no other record has, so that others can take the one that it has; or
    /// <see langword="null"/> if there is no such key.
    /// </summary>
    /// <param name="key">The key of the kind.</param>
    /// <param name="id">The ID of the record.</param>
    public static byte[]? ParkRequest(RecordKey? key, string id) => key?.Changeable is not { } member
        ? null
        : JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
        {
            [member] = key.MakeUnused($"moving-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16))}"),
        });

    /// <summary>Says why a record cannot be written whose key another one has.</summary>
    /// <param name="key">The key of the kind.</param>
    /// <param name="holderId">The ID of the other one.</param>
    /// <param name="originalId">The ID of the record that it is a copy of, if it is one.</param>
    public static string Describe(RecordKey? key, string holderId, string? originalId) => originalId is null
        ? $"The record {holderId} has the same {key?.Name}"
        : $"The record {holderId} has the same {key?.Name}, and is the copy of another record, {originalId}. "
            + $"If {originalId} has been deleted, delete its copy, and run the import again";
}
