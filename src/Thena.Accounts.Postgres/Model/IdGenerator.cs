using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Thena.Accounts.Postgres.Model;

/// <summary>
/// Generates the IDs of records: ULIDs that increase strictly within this process. Ordering by ID is therefore ordering by creation,
/// even among the rows of one bulk request.
/// </summary>
public sealed class IdGenerator(TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _millisecond;
    private UInt128 _random;

    /// <summary>Generates the next ID. Its timestamp is the record's time of creation.</summary>
    public Ulid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        long millisecond;
        UInt128 random;
        lock (_gate)
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            if (now > _millisecond)
            {
                _millisecond = now;
                RandomNumberGenerator.Fill(bytes[6..]);
                bytes[6] &= 0x7F; // room to count up within the millisecond
                _random = BinaryPrimitives.ReadUInt128BigEndian(bytes) & ((UInt128.One << 80) - 1);
            }
            else
            {
                _random++;
            }

            (millisecond, random) = (_millisecond, _random);
        }

        return Create(millisecond, random);
    }

    /// <summary>Returns the ID with a time and the 80 bits after it.</summary>
    /// <param name="millisecond">The milliseconds since 1970.</param>
    /// <param name="random">The bits, usually random.</param>
    internal static Ulid Create(long millisecond, UInt128 random)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, ((UInt128)(ulong)millisecond << 80) | random);
        return new Ulid(bytes);
    }

    /// <summary>Returns the smallest ID of the records that are created in a millisecond.</summary>
    /// <param name="created">The millisecond. Before 1970, there are no IDs.</param>
    internal static Ulid First(DateTimeOffset created) => Bound(created, 0);

    /// <summary>Returns the largest ID of the records that are created in a millisecond.</summary>
    /// <param name="created">The millisecond. Before 1970, there are no IDs.</param>
    internal static Ulid Last(DateTimeOffset created) => created < DateTimeOffset.UnixEpoch ? Ulid.MinValue : Bound(created, byte.MaxValue);

    private static Ulid Bound(DateTimeOffset created, byte fill)
    {
        Span<byte> random = stackalloc byte[10];
        random.Fill(fill);
        return Ulid.NewUlid(created < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : created, random);
    }
}
