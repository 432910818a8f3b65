using System.Globalization;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Attachments;

/// <summary>
/// Adds attachments to records and removes them. The record's row must be locked meanwhile, so that concurrent changes are not lost.
/// </summary>
internal static class AttachmentChanges
{
    /// <summary>Attaches the URLs of a request that are not attached yet. Removes nothing. The caller must have locked the row.</summary>
    /// <returns>The error if the record would have too many attachments; otherwise <see langword="null"/>.</returns>
    public static Error? Attach(this IAttachable record, Optional<IReadOnlyList<string>?> urls, IdGenerator ids)
    {
        var attached = record.Attachments.With(urls.Value ?? [], ids);
        if (attached.Items.Count > AttachmentList.MaxCount)
        {
            return Error.Invalid(
            [
                new FieldError(
                    "attachmentUrls",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"attachmentUrls must not give a record more than {AttachmentList.MaxCount} attachments")),
            ]);
        }

        record.Attachments = attached;
        return null;
    }

    /// <summary>Locks a record and removes an attachment from it.</summary>
    /// <param name="write">The transaction.</param>
    /// <param name="context">The database.</param>
    /// <param name="record">A query for the record.</param>
    /// <param name="notFound">The error if there is no such record.</param>
    /// <param name="attachmentId">The ID of the attachment.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public static Task<Result> RemoveAttachmentAsync<TRecord>(
        this WriteTransaction write,
        AccountsDbContext context,
        IQueryable<TRecord> record,
        Error notFound,
        Ulid attachmentId,
        CancellationToken cancellationToken)
        where TRecord : TenantEntity, IAttachable => write.RunAsync(
        async () =>
        {
            var batch = new QueryBatch(context);
            var found = batch.Add(record, RowLock.Change);
            await batch.RunAsync(cancellationToken);
            if (found is not [var holder])
            {
                return notFound;
            }

            if (holder.Attachments.Without(attachmentId) is not { } rest)
            {
                return Attachment.NotFound;
            }

            holder.Attachments = rest;
            await write.SaveAsync(holder, cancellationToken);
            return Result.Done;
        },
        cancellationToken);
}
