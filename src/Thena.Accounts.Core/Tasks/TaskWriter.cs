using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Tasks;

/// <summary>Applies requests to tasks: pick list values, assignee and activity. Reads everything they refer to in one round trip.</summary>
internal sealed class TaskWriter
{
    private static readonly Error AssigneeNotFound = Error.NotFound("Assignee not found!");
    private static readonly AttributeKind[] Kinds = [AttributeKind.TaskType, AttributeKind.TaskStatus, AttributeKind.TaskPriority];

    private readonly AttributeLookup _attributes;
    private readonly UserLookup _users;
    private readonly IReadOnlyList<Ulid> _accounts;
    private readonly IReadOnlyList<ActivityReference> _activities;

    /// <summary>Adds the queries to a batch, in the order in which deletions lock the rows.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="context">The database.</param>
    /// <param name="request">The request.</param>
    /// <param name="accountId">The account of a new task, or null for an existing task.</param>
    public TaskWriter(QueryBatch batch, AccountsDbContext context, TaskFields request, Ulid? accountId = null)
    {
        _attributes = new AttributeLookup(
            batch,
            context,
            Kinds,
            [request.Type.Value, request.Status.Value, request.Priority.Value],
            needsDefaults: accountId is not null);
        _users = new UserLookup(batch, context, [request.AssigneeId.Value]);
        _accounts = accountId is null
            ? []
            : batch.Lock(context.Accounts.Where(account => account.Id == accountId), RowLock.Share);
        var activityId = WireFormat.IdOrNone(request.ActivityId.Value);
        _activities = activityId == default
            ? []
            : batch.Add(
                context.Activities.Where(activity => activity.Id == activityId),
                activity => new ActivityReference(activity.Id, activity.AccountId),
                RowLock.Share);
    }

    /// <summary>Whether the account of a new task exists.</summary>
    public bool HasAccount => _accounts.Count > 0;

    /// <summary>Applies a request to a task.</summary>
    /// <returns>The error that refuses the request, if there is one.</returns>
    public Error? Apply(AccountTask task, TaskFields request, IdGenerator ids)
    {
        task.Title = request.Title.Value?.Trim() ?? task.Title;
        task.Description = request.Description.IsSet ? StringNormalization.EmptyToNull(request.Description.Value) : task.Description;
        task.Metadata = task.Metadata.After(request.Metadata);
        if (task.Attach(request.AttachmentUrls, ids) is { } tooMany)
        {
            return tooMany;
        }

        if (request.AssigneeId.IsSet)
        {
            if (_users.Find(request.AssigneeId.Value) is not { } assignee)
            {
                return AssigneeNotFound;
            }

            task.AssigneeId = assignee;
        }

        if (
            request.ActivityId.IsSet
                && ReferToActivity(task, StringNormalization.TrimToNull(request.ActivityId.Value)) is { } unfit)
        {
            return unfit;
        }

        if (_attributes.Choose(AttributeKind.TaskType, request.Type, task.TypeId, out var typeId) is { } typeMissing)
        {
            return typeMissing;
        }

        if (_attributes.Choose(AttributeKind.TaskStatus, request.Status, task.StatusId, out var statusId) is { } statusMissing)
        {
            return statusMissing;
        }

        var priorityMissing = _attributes.Choose(AttributeKind.TaskPriority, request.Priority, task.PriorityId, out var priorityId);
        (task.TypeId, task.StatusId, task.PriorityId) = (typeId, statusId, priorityId);
        return priorityMissing;
    }

    private Error? ReferToActivity(AccountTask task, string? reference)
    {
        var activity = _activities is [var found] ? found : null;
        if (reference is not null && activity is null)
        {
            return ActivityService.NotFound;
        }

        if (activity is not null && activity.AccountId != task.AccountId)
        {
            return Error.Invalid([new FieldError("activityId", "activityId must be an activity of the same account")]);
        }

        task.ActivityId = activity?.Id;
        return null;
    }

    private sealed record ActivityReference(Ulid Id, Ulid AccountId);
}
