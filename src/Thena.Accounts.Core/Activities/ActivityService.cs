using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Tenancy;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Activities;

/// <summary>Manages the activities of accounts (contract: Activities).</summary>
public sealed class ActivityService(
    AccountsDbContext context,
    RecordReads reads,
    WriteTransaction write,
    CurrentOrganization organization,
    IEnumerable<IDependents<Activity>> dependents,
    IdGenerator ids,
    TimeProvider time)
{
    internal static readonly Error NotFound = Error.NotFound("Account activity not found");

    /// <summary>Reads a page of the activities that match, newest first.</summary>
    public Task<Result<Page<ActivityResponse>>> ListAsync(ListActivitiesQuery query, CancellationToken cancellationToken) => reads
        .From(ActivityResponse.Shape)
        .WithId("id", query.ActivityId)
        .WithId("account_id", query.AccountId)
        .WithValue("type_id", AttributeKind.ActivityType, query.Type)
        .WithValue("status_id", AttributeKind.ActivityStatus, query.Status)
        .ToPageAsync(query, ListOrder<ActivityResponse>.Newest, row => row.Id, cancellationToken);

    /// <summary>Creates an activity whose creator is the caller.</summary>
    public Task<Result<ActivityResponse>> CreateAsync(CreateActivityRequest request, CancellationToken cancellationToken) =>
        write.CreateAsync<Activity, ActivityResponse>(
            ActivityResponse.Shape,
            async batch =>
            {
                var accountId = WireFormat.IdOrNone(request.AccountId.Value);
                var writer = new ActivityWriter(batch, context, request, creates: true);
                var accounts = batch.Lock(context.Accounts.Where(account => account.Id == accountId), RowLock.Share);
                await batch.RunAsync(cancellationToken);
                if (accounts.Count == 0)
                {
                    return AccountService.NotFound;
                }

                var activity = new Activity
                {
                    AccountId = accountId,
                    Location = request.Location.Value!.Trim(),
                    CreatorId = organization.Caller.UserId,
                };
                context.Stamp(activity);
                return writer.Apply(activity, request, ids) is { } error ? error : activity;
            },
            cancellationToken);

    /// <summary>Updates an activity.</summary>
    public Task<Result<ActivityResponse>> UpdateAsync(
        Ulid id, UpdateActivityRequest request, CancellationToken cancellationToken) =>
        write.RunAsync<Activity, ActivityResponse>(
        ActivityResponse.Shape,
        async () =>
        {
            var batch = new QueryBatch(context);
            var writer = new ActivityWriter(batch, context, request, creates: false);
            var found = batch.Add(context.Activities.Where(activity => activity.Id == id), RowLock.Change);
            batch.Add(context.ActivityParticipants.Where(participant => participant.ActivityId == id));
            await batch.RunAsync(cancellationToken);
            if (found is not [var activity])
            {
                return NotFound;
            }

            return writer.Apply(activity, request, ids) is { } error ? error : activity;
        },
        cancellationToken);

    /// <summary>Deletes an activity. Its tasks stay, no longer linked to an activity.</summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) => write.RunAsync(
        async () =>
        {
            var now = time.Now();
            if (await write.SoftDeleteAsync(context.Activities.Where(activity => activity.Id == id), now, cancellationToken) == 0)
            {
                return NotFound;
            }

            foreach (var dependent in dependents)
            {
                await dependent.RemoveAsync(id, now, cancellationToken);
            }

            return Result.Done;
        },
        cancellationToken);

    /// <summary>Removes an attachment from an activity.</summary>
    public Task<Result> RemoveAttachmentAsync(Ulid id, Ulid attachmentId, CancellationToken cancellationToken) =>
        write.RemoveAttachmentAsync(
            context, context.Activities.Where(activity => activity.Id == id), NotFound, attachmentId, cancellationToken);
}
