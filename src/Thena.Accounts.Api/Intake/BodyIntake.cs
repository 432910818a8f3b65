using System.Buffers;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Thena.Accounts.Api.Conditions;
using Thena.Accounts.Api.Deadlines;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Moving.Files;
using Thena.Accounts.Postgres.Tenancy;
using MinDataRate = Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate;

namespace Thena.Accounts.Api.Intake;

/// <summary>
/// Receives the body of a request before the request is processed; a file, when the operation asks for it. A body gets room before it is
/// read: in memory, or in the temporary folder if it is a file. A body that has arrived waits for its turn if it is large.
/// </summary>
internal sealed class BodyIntake(RequestDelegate next, IOptions<IntakeOptions> options, HeavyRequests heavy, TimeProvider time)
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

    /// <summary>Receives the body that the operation reads, if it reads one.</summary>
    /// <exception cref="ServerBusyException">There was no room.</exception>
    /// <exception cref="BadHttpRequestException">The body is too large.</exception>
    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<IFileBody>() is not null)
        {
            if (FileTypes.Parse(context.Request.ContentType) is not { } format)
            {
                return ErrorWriter.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, FileTypes.Refusal);
            }

            // A file can be large, so the operation receives it when it has checked everything else.
            context.Features.Set(new PendingFile(() => ReceiveFileAsync(context, format)));
            return next(context);
        }

        return !ReadsBody(endpoint) ? next(context)
            : IsJson(context.Request.ContentType) ? ReceiveJsonAsync(context)
            : ErrorWriter.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType);
    }

    private async Task ReceiveJsonAsync(HttpContext context)
    {
        var body = await ReceiveAsync(context);
        context.Features.Set(body);
        IdempotencyKeys.NoteBody(context, body.Bytes.Span);
        await next(context);
    }

    private static bool ReadsBody(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<ControllerActionDescriptor>() is { } action
        && action.Parameters.Any(parameter => parameter.BindingInfo?.BindingSource == BindingSource.Body);

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (
            !type.Charset.HasValue
                || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    private async Task<ReceivedBody> ReceiveAsync(HttpContext context)
    {
        var room = await TakeAsync(_memory, context, MaxBytes, FirstBytes);

        // For requests that end before their body has been read.
        context.Response.RegisterForDispose(room);
        var body = await ReadAsync(context, room);
        if (await heavy.EnterAsync(context, body.Length) is { } place)
        {
            // All work is done when the response starts. How fast the client reads it is no concern of others.
            context.Response.OnStarting(() =>
            {
                place.Dispose();
                return Task.CompletedTask;
            });
        }

        return new ReceivedBody(body, room);
    }

    private async Task<ReceivedFile> ReceiveFileAsync(HttpContext context, FileFormat format)
    {
        var room = await TakeAsync(_files, context, MaxFileBytes, FirstFileBytes);

        // What is registered first is disposed last, so the file is gone before its room is free.
        context.Response.RegisterForDispose(room);
        context.Request.EnableBuffering(MaxFileBytesInMemory);
        var file = context.Request.Body;
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            while (await file.ReadAsync(buffer, DatabaseDeadlines.ClientOf(context)) > 0)
            {
                if (file.Position > MaxFileBytes)
                {
                    throw TooLarge();
                }

                if (context.Request.ContentLength is null && file.Position + CopyBytes > room.Bytes && room.Bytes < MaxFileBytes)
                {
                    room.GrowTo(Math.Min(room.Bytes * 2, MaxFileBytes));
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        file.Position = 0;
        return new ReceivedFile(format, file, await heavy.EnterAsync(context, file.Length));
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

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, ByteBudget.Share room)
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
                room.GrowTo(Math.Min(larger, MaxBytes));
                Array.Resize(ref buffer, larger);
            }
        }

        return buffer.AsMemory(0, filled);
    }

    private static BadHttpRequestException TooLarge() => new("The body is too large.", StatusCodes.Status413PayloadTooLarge);
}
