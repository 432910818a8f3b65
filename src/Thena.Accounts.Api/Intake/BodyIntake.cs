using System.Buffers;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Deadlines;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Postgres.Tenancy;
using MinDataRate = Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate;

namespace Thena.Accounts.Api.Intake;

/// <summary>
/// Receives the bodies of requests. A body gets room before it is read: in memory, or in the temporary folder if it is a file. A body that
/// has arrived waits for its turn if it is large.
/// </summary>
internal sealed class BodyIntake(IOptions<IntakeOptions> options, HeavyRequests heavy, TimeProvider time)
{
    /// <summary>The largest body that is not a file, in bytes.</summary>
    public const int MaxBytes = 10 * 1_024 * 1_024;

    /// <summary>The largest file, in bytes.</summary>
    public const int MaxFileBytes = 100 * 1_024 * 1_024;

    /// <summary>The room that a body of unknown length gets first, in bytes.</summary>
    private const int FirstBytes = 16 * 1_024;

    private const int FirstFileBytes = 1_024 * 1_024;

    /// <summary>The size up to which a file is kept in memory instead of on the disk.</summary>
    private const int MaxFileBytesInMemory = 64 * 1_024;

    private const int CopyBytes = 64 * 1_024;

    private static readonly TimeSpan SlowGrace = TimeSpan.FromSeconds(5);

    private readonly ByteBudget _memory = options.Value.CreateMemoryBudget(time);
    private readonly ByteBudget _files = options.Value.CreateFileBudget(time);

    /// <summary>Receives a body into memory. Its room is free again when it is disposed.</summary>
    /// <exception cref="ServerBusyException">There was no room.</exception>
    /// <exception cref="BadHttpRequestException">The body is too large.</exception>
    public async Task<ReceivedBody> ReceiveAsync(HttpContext context)
    {
        var share = await TakeAsync(_memory, context, MaxBytes, FirstBytes);
        try
        {
            var body = await ReadAsync(context, share);
            var place = await heavy.EnterAsync(context, body.Length);
            if (place is not null)
            {
                // All work is done when the response starts. How fast the client reads it is no concern of others.
                context.Response.OnStarting(() =>
                {
                    place.Dispose();
                    return Task.CompletedTask;
                });
            }

            return new ReceivedBody(body, share);
        }
        catch
        {
            share.Dispose();
            throw;
        }
    }

    /// <summary>Receives a file into the temporary folder. Its room is free again when the request ends.</summary>
    /// <returns>The file, and the place of the request if the file is large.</returns>
    /// <exception cref="ServerBusyException">There was no room.</exception>
    /// <exception cref="BadHttpRequestException">The file is too large.</exception>
    public async Task<(Stream File, HeavyRequests.Place? Place)> ReceiveFileAsync(HttpContext context)
    {
        var share = await TakeAsync(_files, context, MaxFileBytes, FirstFileBytes);

        // What is registered first is disposed last, so the file is gone before its room is free.
        context.Response.RegisterForDispose(share);
        context.Request.EnableBuffering(MaxFileBytesInMemory, MaxFileBytes);
        var file = context.Request.Body;
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            while (await file.ReadAsync(buffer, DatabaseDeadlines.ClientOf(context)) > 0)
            {
                if (context.Request.ContentLength is null && file.Position + CopyBytes > share.Bytes && share.Bytes < MaxFileBytes)
                {
                    share.GrowTo(Math.Min(share.Bytes * 2, MaxFileBytes));
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        file.Position = 0;
        return (file, await heavy.EnterAsync(context, file.Length));
    }

    private async ValueTask<ByteBudget.Share> TakeAsync(ByteBudget budget, HttpContext context, long maxBytes, long firstBytes)
    {
        var length = context.Request.ContentLength;
        if (length > maxBytes)
        {
            throw TooLarge();
        }

        if (
            (length ?? maxBytes) >= HeavyRequests.HeavyBytes
                && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = new MinDataRate(options.Value.MinBytesPerSecond, SlowGrace);
        }

        var key = context.Features.Get<Caller>()?.KeyId ?? default;
        return await budget.TakeAsync(key, length ?? firstBytes, DatabaseDeadlines.ClientOf(context));
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, ByteBudget.Share share)
    {
        // One byte more than the length, as the end of the body is only known after another read.
        var length = context.Request.ContentLength;
        var buffer = new byte[length + 1 ?? FirstBytes];
        var filled = 0;
        while (await context.Request.Body.ReadAsync(buffer.AsMemory(filled), DatabaseDeadlines.ClientOf(context)) is > 0 and var read)
        {
            filled += read;
            if (filled > MaxBytes)
            {
                throw TooLarge();
            }

            if (filled == buffer.Length)
            {
                var larger = Math.Min(buffer.Length * 2, MaxBytes + 1);
                share.GrowTo(Math.Min(larger, MaxBytes));
                Array.Resize(ref buffer, larger);
            }
        }

        return buffer.AsMemory(0, filled);
    }

    private static BadHttpRequestException TooLarge() => new("The body is too large.", StatusCodes.Status413PayloadTooLarge);
}

/// <summary>A body in memory.</summary>
/// <param name="bytes">The body.</param>
/// <param name="share">The room that it occupies.</param>
internal sealed class ReceivedBody(ReadOnlyMemory<byte> bytes, ByteBudget.Share share) : IDisposable
{
    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <inheritdoc/>
    public void Dispose() => share.Dispose();
}
