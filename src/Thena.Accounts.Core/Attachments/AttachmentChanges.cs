using System.Globalization;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Attachments;

/// <summary>How attachments come to a record and leave it. Whoever changes them holds the record's row, so that two at once lose none.</summary>
internal static class AttachmentChanges
{
    /// <summary>Attaches what a request gives and is not there yet; nothing is removed.</summary>
    /// <returns>What is wrong: the record would have too many.</returns>
    public static Error? Attach(this IAttachable record, Optional<IReadOnlyList<string>?> urls, IdGenerator ids)
    {
        var attached = record.Attachments.With(urls.Value ?? [], ids);
        if (attached.Items.Count > AttachmentList.MaxCount)
        {
            return Error.Invalid(
            [
                new FieldError("attachmentUrls", string.Create(CultureInfo.InvariantCulture, $"attachmentUrls must not give a record more than {AttachmentList.MaxCount} attachments")),
            ]);
        }

        record.Attachments = attached;
        return null;
    }

    /// <summary>Removes one attachment of a record.</summary>
    /// <param name="context">The database.</param>
    /// <param name="record">The record: one or none.</param>
    /// <param name="notFound">The error when there is none.</param>
    /// <param name="attachmentId">The attachment.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<Result> RemoveAttachmentAsync<TRecord>(
        this AccountsDbContext context, IQueryable<TRecord> record, Error notFound, string attachmentId, CancellationToken cancellationToken)
        where TRecord : TenantEntity, IAttachable
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var batch = new QueryBatch(context);
        var found = batch.Add(record, RowLock.ForUpdate);
        await batch.RunAsync(cancellationToken);
        if (found is not [var holder])
        {
            return notFound;
        }

        if (holder.Attachments.Without(WireFormat.IdOrNone(attachmentId)) is not { } rest)
        {
            return Attachment.NotFound;
        }

        holder.Attachments = rest;
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Result.Done;
    }
}
