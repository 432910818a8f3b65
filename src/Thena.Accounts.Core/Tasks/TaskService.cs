using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
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

namespace Thena.Accounts.Core.Tasks;

/// <summary>Manages the tasks of accounts (contract: Tasks).</summary>
public sealed class TaskService(
    AccountsDbContext context,
    RecordReads reads,
    WriteTransaction write,
    CurrentOrganization organization,
    IdGenerator ids,
    TimeProvider time)
{
    private static readonly Error NotFound = Error.NotFound("Account task not found");
    private static readonly Error AssigneeNotFound = Error.NotFound("Assignee not found!");
    private static readonly AttributeKind[] Kinds = [AttributeKind.TaskType, AttributeKind.TaskStatus, AttributeKind.TaskPriority];

    /// <summary>Reads a page of the tasks that match, newest first.</summary>
    public Task<Result<Page<TaskResponse>>> ListAsync(ListTasksQuery query, CancellationToken cancellationToken) => reads
        .From(TaskResponse.Shape)
        .WithId("id", query.TaskId)
        .WithId("account_id", query.AccountId)
        .WithId("activity_id", query.ActivityId)
        .WithId("assignee_id", query.AssigneeId)
        .WithValue("type_id", AttributeKind.TaskType, query.Type)
        .WithValue("status_id", AttributeKind.TaskStatus, query.Status)
        .WithValue("priority_id", AttributeKind.TaskPriority, query.Priority)
        .ToPageAsync(query, ListOrder<TaskResponse>.Newest, row => row.Id, cancellationToken);

    /// <summary>Creates a task whose creator is the caller.</summary>
    public Task<Result<TaskResponse>> CreateAsync(CreateTaskRequest request, CancellationToken cancellationToken) =>
        write.RunAsync<AccountTask, TaskResponse>(
            TaskResponse.Shape,
            async () =>
            {
                var accountId = WireFormat.IdOrNone(request.AccountId.Value);
                var batch = new QueryBatch(context);
                var attributes = AddAttributes(batch, request);
                var users = new UserLookup(batch, context, [request.AssigneeId.Value]);
                var accounts = batch.Lock(context.Accounts.Where(account => account.Id == accountId), RowLock.Share);
                var activities = AddActivity(batch, request);
                await batch.RunAsync(cancellationToken);
                if (accounts.Count == 0)
                {
                    return AccountService.NotFound;
                }

                var task = new AccountTask
                {
                    AccountId = accountId,
                    Title = request.Title.Value!.Trim(),
                    CreatorId = organization.Caller.UserId,
                };
                context.Add(task);
                return Apply(task, request, attributes, users, activities) is { } error ? error : task;
            },
            cancellationToken);

    /// <summary>Updates a task.</summary>
    public Task<Result<TaskResponse>> UpdateAsync(Ulid id, UpdateTaskRequest request, CancellationToken cancellationToken) =>
        write.RunAsync<AccountTask, TaskResponse>(
            TaskResponse.Shape,
            async () =>
            {
                var batch = new QueryBatch(context);
                var attributes = AddAttributes(batch, request);
                var users = new UserLookup(batch, context, [request.AssigneeId.Value]);
                var activities = AddActivity(batch, request);
                var found = batch.Add(context.Tasks.Where(task => task.Id == id), RowLock.Change);
                await batch.RunAsync(cancellationToken);
                if (found is not [var task])
                {
                    return NotFound;
                }

                return Apply(task, request, attributes, users, activities) is { } error ? error : task;
            },
            cancellationToken);

    /// <summary>Deletes a task.</summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) =>
        write.DeleteAsync(context.Tasks.Where(task => task.Id == id), NotFound, time.Now(), cancellationToken);

    /// <summary>Removes an attachment from a task.</summary>
    public Task<Result> RemoveAttachmentAsync(Ulid id, Ulid attachmentId, CancellationToken cancellationToken) =>
        write.RemoveAttachmentAsync(context, context.Tasks.Where(task => task.Id == id), NotFound, attachmentId, cancellationToken);

    private AttributeLookup AddAttributes(QueryBatch batch, TaskFields request) =>
        new(batch, context, Kinds, [request.Type.Value, request.Status.Value, request.Priority.Value]);

    private IReadOnlyList<ActivityReference> AddActivity(QueryBatch batch, TaskFields request)
    {
        var activityId = WireFormat.IdOrNone(request.ActivityId.Value);
        return activityId == default
            ? []
            : batch.Add(
                context.Activities.Where(activity => activity.Id == activityId),
                activity => new ActivityReference(activity.Id, activity.AccountId),
                RowLock.Share);
    }

    private Error? Apply(
        AccountTask task,
        TaskFields request,
        AttributeLookup attributes,
        UserLookup users,
        IReadOnlyList<ActivityReference> activities)
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
            if (users.Find(request.AssigneeId.Value) is not { } assignee)
            {
                return AssigneeNotFound;
            }

            task.AssigneeId = assignee;
        }

        if (
            request.ActivityId.IsSet
                && ReferToActivity(task, StringNormalization.TrimToNull(request.ActivityId.Value), activities) is { } unfit)
        {
            return unfit;
        }

        if (attributes.Choose(AttributeKind.TaskType, request.Type, task.TypeId, out var typeId) is { } typeMissing)
        {
            return typeMissing;
        }

        if (attributes.Choose(AttributeKind.TaskStatus, request.Status, task.StatusId, out var statusId) is { } statusMissing)
        {
            return statusMissing;
        }

        var priorityMissing = attributes.Choose(AttributeKind.TaskPriority, request.Priority, task.PriorityId, out var priorityId);
        (task.TypeId, task.StatusId, task.PriorityId) = (typeId, statusId, priorityId);
        return priorityMissing;
    }

    private static Error? ReferToActivity(AccountTask task, string? reference, IReadOnlyList<ActivityReference> activities)
    {
        var activity = activities is [var found] ? found : null;
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
