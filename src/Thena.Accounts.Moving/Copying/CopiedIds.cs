using System.Buffers.Binary;
using System.Security.Cryptography;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Moving.Copying;

/// <summary>Chooses the IDs of copied records. Can be used by several threads.</summary>
/// <param name="isNewestFirst">Whether the records come newest first.</param>
internal sealed class CopiedIds(bool isNewestFirst)
{
    private readonly byte[] _random = RandomNumberGenerator.GetBytes(10);
    private long _number = RandomNumberGenerator.GetInt32(int.MaxValue / 2, int.MaxValue) * (long)int.MaxValue;

    /// <summary>Parses an ID of a server like this one. It contains the time of creation, which is not in the future.</summary>
    public static bool TryParse(string oldId, DateTimeOffset now, out Ulid id) =>
        WireFormat.TryParseId(oldId, out id) && id.CompareTo(Ulid.NewUlid(now.AddMilliseconds(1), new byte[10])) < 0;

    /// <summary>
    /// Returns the ID elsewhere, if it is an ID of a server like this one. Otherwise returns a new ID with the same time, in the order in
    /// which the records come.
    /// </summary>
    public Ulid Next(string? oldId, DateTimeOffset createdAt) =>
        WireFormat.TryParseId(oldId, out var kept) && kept == Ulid.NewUlid(createdAt, kept.Random) ? kept : Next(createdAt);

    /// <summary>Returns a new ID with the time.</summary>
    public Ulid Next(DateTimeOffset createdAt)
    {
        lock (_random)
        {
            _number += isNewestFirst ? -1 : 1;
            BinaryPrimitives.WriteInt64BigEndian(_random, _number);
            return Ulid.NewUlid(createdAt, _random);
        }
    }
}
