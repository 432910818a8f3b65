using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Unicode;

namespace Thena.Accounts.Moving.Rows;

/// <summary>Opens text files in the encodings that spreadsheets write.</summary>
internal static class TextFile
{
    /// <summary>The number of bytes from which the encoding is detected.</summary>
    private const int SampleLength = 65_536;

    private const int Windows1252 = 1_252;

    /// <summary>
    /// Opens a file in UTF-8, UTF-16 or, if it is neither, Windows-1252. The byte order mark decides, or else the first bytes.
    /// </summary>
    public static async Task<StreamReader> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream);
        var read = await pipe.ReadAtLeastAsync(SampleLength, cancellationToken);
        var sample = read.Buffer.Slice(0, Math.Min(SampleLength, read.Buffer.Length)).ToArray();
        pipe.AdvanceTo(read.Buffer.Start);
        return new StreamReader(pipe.AsStream(), Detect(sample), detectEncodingFromByteOrderMarks: false);
    }

    private static Encoding Detect(ReadOnlySpan<byte> sample) => sample switch
    {
        [0xFE, 0xFF, ..] or [0, not 0, 0, not 0, ..] =>
            new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
        [0xFF, 0xFE, ..] or [not 0, 0, not 0, 0, ..] =>
            new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        _ when IsUtf8(sample) => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        _ => CodePagesEncodingProvider.Instance.GetEncoding(Windows1252)!,
    };

    /// <summary>Returns whether the bytes are UTF-8, except for a last character that may be cut off.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> sample)
    {
        var maxCut = sample.Length < SampleLength ? 0 : 3;
        for (var cut = 0; cut <= maxCut; cut++)
        {
            if (Utf8.IsValid(sample[..^cut]))
            {
                return true;
            }
        }

        return false;
    }
}
