using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Organizations;
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

    private static readonly Error ParticipantNotFound = Error.NotFound("Participant not found!");
    private static readonly AttributeKind[] Kinds = [AttributeKind.ActivityType, AttributeKind.ActivityStatus];

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
        write.RunAsync<Activity, ActivityResponse>(
            ActivityResponse.Shape,
            async () =>
            {
                var accountId = WireFormat.IdOrNone(request.AccountId.Value);
                var batch = new QueryBatch(context);
                var attributes = new AttributeLookup(batch, context, Kinds, [request.Type.Value, request.Status.Value]);
                var users = new UserLookup(batch, context, request.Participants.Value ?? []);
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
                context.Add(activity);
                return Apply(activity, request, attributes, users) is { } error ? error : activity;
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
            var attributes = new AttributeLookup(batch, context, Kinds, [request.Type.Value, request.Status.Value]);
            var users = new UserLookup(batch, context, request.Participants.Value ?? []);
            var found = batch.Add(context.Activities.Where(activity => activity.Id == id), RowLock.Change);
            batch.Add(context.ActivityParticipants.Where(participant => participant.ActivityId == id));
            await batch.RunAsync(cancellationToken);
            if (found is not [var activity])
            {
                return NotFound;
            }

            return Apply(activity, request, attributes, users) is { } error ? error : activity;
        },
        cancellationToken);

    /// <summary>Deletes an activity. Its tasks stay, no longer linked to an activity.</summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) => write.RunAsync(
        async () =>
        {
            var now = time.Now();
            if (await context.Activities.Where(activity => activity.Id == id).SoftDeleteAsync(now, cancellationToken) == 0)
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

    private Error? Apply(Activity activity, ActivityFields request, AttributeLookup attributes, UserLookup users)
    {
        activity.ActivityTimestamp = request.ActivityTimestamp.Value ?? activity.ActivityTimestamp;
        activity.Duration = request.Duration.Value ?? activity.Duration;
        activity.Location = request.Location.Value?.Trim() ?? activity.Location;
        activity.Title = request.Title.IsSet ? StringNormalization.TrimToNull(request.Title.Value) : activity.Title;
        activity.Description = request.Description.IsSet
            ? StringNormalization.EmptyToNull(request.Description.Value)
            : activity.Description;
        activity.Metadata = activity.Metadata.After(request.Metadata);
        if (activity.Attach(request.AttachmentUrls, ids) is { } tooMany)
        {
            return tooMany;
        }

        if (attributes.Choose(AttributeKind.ActivityType, request.Type, activity.TypeId, out var typeId) is { } typeMissing)
        {
            return typeMissing;
        }

        if (attributes.Choose(AttributeKind.ActivityStatus, request.Status, activity.StatusId, out var statusId) is { } statusMissing)
        {
            return statusMissing;
        }

        (activity.TypeId, activity.StatusId) = (typeId, statusId);
        return request.Participants.IsSet ? ReplaceParticipants(activity, request.Participants.Value ?? [], users) : null;
    }

    private static Error? ReplaceParticipants(Activity activity, IReadOnlyList<string> given, UserLookup users)
    {
        List<Ulid> named = [];
        foreach (var reference in given)
        {
            if (users.Find(reference) is not { } user)
            {
                return ParticipantNotFound;
            }

            named.Add(user);
        }

        named = [.. named.Distinct()];
        var kept = activity.Participants.ToDictionary(participant => participant.UserId);
        activity.Participants.RemoveAll(participant => !named.Contains(participant.UserId));
        for (var position = 0; position < named.Count; position++)
        {
            if (kept.TryGetValue(named[position], out var participant))
            {
                participant.Position = position;
            }
            else
            {
                activity.Participants.Add(
                    new ActivityParticipant { ActivityId = activity.Id, UserId = named[position], Position = position });
            }
        }

        return null;
    }
}
