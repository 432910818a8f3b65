using System.IO.Compression;
using System.Runtime.CompilerServices;
using Thena.Accounts.Moving.Copying;

namespace Thena.Accounts.Moving.Files;

/// <summary>Reads files of one JSON value per line.</summary>
public static class JsonLines
{
    /// <summary>The longest line, in bytes without its end.</summary>
    public const int MaxLength = 10 * 1024 * 1024;

    /// <summary>The ending of compressed files.</summary>
    public const string CompressedEnding = ".gz";

    private const int BufferSize = 131_072;

    /// <summary>The size at which the buffer holds the longest line with its end.</summary>
    private const int MaxBufferSize = MaxLength + 2;

    /// <summary>Returns whether the name of a file is that of one with JSON lines, compressed or not.</summary>
    public static bool IsJson(string name)
    {
        var plain = IsCompressed(name) ? name[..^CompressedEnding.Length] : name;
        return Path.GetExtension(plain).ToUpperInvariant() is ".NDJSON" or ".JSONL";
    }

    /// <summary>Decompresses a file whose name ends with <c>.gz</c>.</summary>
    public static Stream Decompress(Stream stream, string name) =>
        IsCompressed(name) ? new GZipStream(stream, CompressionMode.Decompress) : stream;

    /// <summary>Reads the lines that are not empty, with their numbers from 1. A line is valid until the next one is read.</summary>
    /// <exception cref="RecordSourceException">A line is too long.</exception>
    public static async IAsyncEnumerable<(long Number, ReadOnlyMemory<byte> Line)> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        var (start, end, number) = (0, 0, 1L);
        var isLast = false;
        while (!isLast || start < end)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length < 0 && !isLast)
            {
                if (start > 0)
                {
                    buffer.AsSpan(start, end - start).CopyTo(buffer);
                    (start, end) = (0, end - start);
                }
                else if (end == buffer.Length)
                {
                    Array.Resize(
                        ref buffer, buffer.Length < MaxBufferSize ? Math.Min(buffer.Length * 2, MaxBufferSize) : throw TooLong(number));
                }

                var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
                (end, isLast) = (end + read, read == 0);
                continue;
            }

            length = length < 0 ? end - start : length;
            var line = buffer.AsMemory(start, length);
            line = line.Span is [.., (byte)'\r'] ? line[..^1] : line;
            if (line.Length > MaxLength)
            {
                throw TooLong(number);
            }

            if (line.Span.Trim(" \t\r"u8).Length > 0)
            {
                yield return (number, line);
            }

            (start, number) = (Math.Min(start + length + 1, end), number + 1);
        }
    }

    private static RecordSourceException TooLong(long number) => new($"Line {number} is longer than {MaxLength} bytes.");

    private static bool IsCompressed(string name) => name.EndsWith(CompressedEnding, StringComparison.OrdinalIgnoreCase);
}
