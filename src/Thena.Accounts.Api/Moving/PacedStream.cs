using System.Diagnostics;

namespace Thena.Accounts.Api.Moving;

/// <summary>
/// Sends to a client that must take a minimum of bytes per second. Waiting for the client uses up patience, and each byte that it takes
/// restores some, up to the full measure. The minimum rate of Kestrel is not enough: it grants its grace period to every write, so a client
/// that takes each small one at the last moment could go on for days. It also counts what the client took quickly before, without a limit.
/// </summary>
internal sealed class PacedStream : Stream
{
    private readonly Stream _client;
    private readonly ByteRate _rate;
    private readonly double _bytesPerSecond;
    private readonly TimeSpan _patience;
    private readonly CancellationToken _aborted;
    private readonly CancellationTokenSource _timeout = new();
    private TimeSpan _left;

    /// <summary>Creates a stream.</summary>
    /// <param name="client">The stream to the client. It stays open.</param>
    /// <param name="rate">The bytes that are sent per second at most, together with other streams.</param>
    /// <param name="bytesPerSecond">The bytes that the client must take per second.</param>
    /// <param name="patience">The time that the client can take less.</param>
    /// <param name="aborted">Token that is cancelled when the client is gone.</param>
    public PacedStream(Stream client, ByteRate rate, double bytesPerSecond, TimeSpan patience, CancellationToken aborted) =>
        (_client, _rate, _bytesPerSecond, _patience, _left, _aborted) = (client, rate, bytesPerSecond, patience, patience, aborted);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    /// <exception cref="SlowClientException">The patience is used up.</exception>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // What is left to be written when the export ends early is not sent.
        ThrowIfEnded();
        await _rate.WaitAsync(buffer.Length, _aborted);
        var started = Stopwatch.GetTimestamp();
        _timeout.CancelAfter(_left);
        try
        {
            await _client.WriteAsync(buffer, _timeout.Token);
        }
        catch (OperationCanceledException)
        {
            // Kestrel throws, or only ends the connection: both are looked for below.
        }

        ThrowIfEnded();
        _timeout.CancelAfter(Timeout.InfiniteTimeSpan);
        var left = _left - Stopwatch.GetElapsedTime(started) + TimeSpan.FromSeconds(buffer.Length / _bytesPerSecond);
        _left = left < TimeSpan.Zero ? TimeSpan.Zero : left < _patience ? left : _patience;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Does nothing: each write is sent at once.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush() => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _timeout.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ThrowIfEnded()
    {
        if (_timeout.IsCancellationRequested)
        {
            throw new SlowClientException();
        }

        _aborted.ThrowIfCancellationRequested();
    }
}
