using System.Globalization;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

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
    /// <param name="writes">Runs the use case.</param>
    /// <param name="query">Starts the query, which leaves out what the caller may not see.</param>
    /// <param name="id">The ID of the record.</param>
    /// <param name="notFound">The error if there is no such record.</param>
    /// <param name="attachmentId">The ID of the attachment.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public static async Task<Result> RemoveAttachmentAsync<T>(
        this Writes writes, Func<Unit, Query<T>> query, Ulid id, Error notFound, Ulid attachmentId, CancellationToken cancellationToken)
        where T : TenantEntity, IAttachable
    {
        var result = await writes.UpdateAsync(
            query,
            id,
            notFound,
            _ => record =>
            {
                if (record.Attachments.Without(attachmentId) is not { } rest)
                {
                    return Attachment.NotFound;
                }

                record.Attachments = rest;
                return null;
            },
            (_, _) => true,
            cancellationToken);
        return result.Error is { } error ? error : Result.Done;
    }
}
