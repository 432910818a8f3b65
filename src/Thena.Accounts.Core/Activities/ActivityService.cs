using Microsoft.EntityFrameworkCore;
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

/// <summary>What happened with accounts (contract: Activities).</summary>
public sealed class ActivityService(AccountsDbContext context, CurrentOrganization organization, IdGenerator ids, TimeProvider time)
{
    internal static readonly Error NotFound = Error.NotFound("Account activity not found");

    private static readonly Error ParticipantNotFound = Error.NotFound("Participant not found!");
    private static readonly AttributeKind[] Kinds = [AttributeKind.ActivityType, AttributeKind.ActivityStatus];

    /// <summary>A page of the activities that match, newest first.</summary>
    public Task<Result<Page<ActivityResponse>>> ListAsync(ListActivitiesQuery query, CancellationToken cancellationToken) => context.Activities
        .WithId(query.ActivityId, activity => activity.Id)
        .WithId(query.AccountId, activity => activity.AccountId)
        .WithValue(context, AttributeKind.ActivityType, query.Type, activity => activity.TypeId)
        .WithValue(context, AttributeKind.ActivityStatus, query.Status, activity => activity.StatusId)
        .ToPageAsync(query, ListOrder<Activity, ActivityResponse>.Newest, ActivityResponse.Projection, row => row.Id, cancellationToken);

    /// <summary>Creates an activity in the name of the caller.</summary>
    public async Task<Result<ActivityResponse>> CreateAsync(CreateActivityRequest request, CancellationToken cancellationToken)
    {
        var accountId = WireFormat.IdOrNone(request.AccountId.Value);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var batch = new QueryBatch(context);
        var attributes = new AttributeLookup(batch, context, Kinds, [request.Type.Value, request.Status.Value]);
        var users = new UserLookup(batch, context, request.Participants.Value ?? []);
        var accounts = batch.Add(context.Accounts.Where(account => account.Id == accountId), RowLock.ForShare);
        await batch.RunAsync(cancellationToken);
        if (accounts.Count == 0)
        {
            return AccountService.NotFound;
        }

        var activity = new Activity { AccountId = accountId, Location = "", CreatorId = organization.Caller.UserId };
        context.Add(activity);
        return Apply(activity, request, attributes, users) is { } error
            ? error
            : await context.SaveAndCommitAsync(activity, ActivityResponse.Projection, cancellationToken);
    }

    /// <summary>Changes an activity.</summary>
    public async Task<Result<ActivityResponse>> UpdateAsync(string id, UpdateActivityRequest request, CancellationToken cancellationToken)
    {
        var activityId = WireFormat.IdOrNone(id);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var batch = new QueryBatch(context);
        var attributes = new AttributeLookup(batch, context, Kinds, [request.Type.Value, request.Status.Value]);
        var users = new UserLookup(batch, context, request.Participants.Value ?? []);
        var found = batch.Add(context.Activities.Where(activity => activity.Id == activityId), RowLock.ForUpdate);
        batch.Add(context.ActivityParticipants.Where(participant => participant.ActivityId == activityId));
        await batch.RunAsync(cancellationToken);
        if (found is not [var activity])
        {
            return NotFound;
        }

        return Apply(activity, request, attributes, users) is { } error
            ? error
            : await context.SaveAndCommitAsync(activity, ActivityResponse.Projection, cancellationToken);
    }

    /// <summary>Deletes an activity; its tasks stay without it.</summary>
    public Task<Result> DeleteAsync(string id, CancellationToken cancellationToken) =>
        context.WithDeadlockRetryAsync(() => TryDeleteAsync(id, cancellationToken), cancellationToken);

    /// <summary>Removes an attachment from an activity.</summary>
    public Task<Result> RemoveAttachmentAsync(string id, string attachmentId, CancellationToken cancellationToken)
    {
        var activityId = WireFormat.IdOrNone(id);
        return context.RemoveAttachmentAsync(context.Activities.Where(activity => activity.Id == activityId), NotFound, attachmentId, cancellationToken);
    }

    private async Task<Result> TryDeleteAsync(string id, CancellationToken cancellationToken)
    {
        var activityId = WireFormat.IdOrNone(id);
        var now = time.Now();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.Activities.Where(activity => activity.Id == activityId).SoftDeleteAsync(now, cancellationToken) == 0)
        {
            return NotFound;
        }

        await context.Tasks.Where(task => task.ActivityId == activityId)
            .ExecuteUpdateAsync(set => set.SetProperty(task => task.ActivityId, (Ulid?)null).SetProperty(task => task.UpdatedAt, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private Error? Apply(Activity activity, ActivityFields request, AttributeLookup attributes, UserLookup users)
    {
        activity.ActivityTimestamp = request.ActivityTimestamp.Value ?? activity.ActivityTimestamp;
        activity.Duration = request.Duration.Value ?? activity.Duration;
        activity.Location = request.Location.Value?.Trim() ?? activity.Location;
        activity.Title = request.Title.IsSet ? StringNormalization.TrimToNull(request.Title.Value) : activity.Title;
        activity.Description = request.Description.IsSet ? StringNormalization.EmptyToNull(request.Description.Value) : activity.Description;
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

            named.Add(user.Id);
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
                activity.Participants.Add(new ActivityParticipant { ActivityId = activity.Id, UserId = named[position], Position = position });
            }
        }

        return null;
    }
}
