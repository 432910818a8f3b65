using System.Globalization;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Attachments;

/// <summary>
/// How attachments come to a record and leave it. Whoever changes them holds the record's row, so that two at once lose none.
/// </summary>
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

    /// <summary>Removes an attachment from a record.</summary>
    /// <param name="write">The transaction.</param>
    /// <param name="context">The database.</param>
    /// <param name="record">A query for the record.</param>
    /// <param name="notFound">The error when there is no such record.</param>
    /// <param name="attachmentId">The id of the attachment.</param>
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
