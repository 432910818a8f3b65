using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Tasks;

/// <summary>Puts requests on tasks: pick list values, assignee and activity.</summary>
internal sealed class TaskWriter
{
    private static readonly Error AssigneeNotFound = Error.NotFound("Assignee not found!");

    private readonly Unit _unit;
    private readonly IReadOnlyList<Activity> _activities;

    /// <summary>Adds the query for the activity that a request names to a unit.</summary>
    public TaskWriter(Unit unit, TaskFields request)
    {
        var activityId = WireFormat.IdOrNone(request.ActivityId.Value);
        _unit = unit;
        _activities = activityId == default
            ? []
            : unit.Lock(unit.Of<Activity>().Where(nameof(Activity.Id), activityId), RowLock.Share);
    }

    /// <summary>Applies a request to a task.</summary>
    /// <returns>The error that refuses the request, if there is one.</returns>
    public Error? Apply(AccountTask task, TaskFields request)
    {
        task.Title = request.Title.Value?.Trim() ?? task.Title;
        task.Description = request.Description.IsSet ? StringNormalization.EmptyToNull(request.Description.Value) : task.Description;
        task.Metadata = task.Metadata.After(request.Metadata);
        if (task.Attach(request.AttachmentUrls, _unit.Stamp.Ids) is { } tooMany)
        {
            return tooMany;
        }

        if (request.AssigneeId.IsSet)
        {
            if (_unit.References.FindUser(request.AssigneeId.Value) is not { } assignee)
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

        if (_unit.References.ChooseValue(AttributeKind.TaskType, request.Type, task.TypeId, out var typeId) is { } typeMissing)
        {
            return typeMissing;
        }

        if (_unit.References.ChooseValue(AttributeKind.TaskStatus, request.Status, task.StatusId, out var statusId) is { } statusMissing)
        {
            return statusMissing;
        }

        var priorityMissing = _unit.References.ChooseValue(
            AttributeKind.TaskPriority, request.Priority, task.PriorityId, out var priorityId);
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
}
