using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
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
        write.CreateAsync<AccountTask, TaskResponse>(
            TaskResponse.Shape,
            async batch =>
            {
                var accountId = WireFormat.IdOrNone(request.AccountId.Value);
                var writer = new TaskWriter(batch, context, request, accountId);
                await batch.RunAsync(cancellationToken);
                if (!writer.HasAccount)
                {
                    return AccountService.NotFound;
                }

                var task = new AccountTask
                {
                    AccountId = accountId,
                    Title = request.Title.Value!.Trim(),
                    CreatorId = organization.Caller.UserId,
                };
                context.Stamp(task);
                return writer.Apply(task, request, ids) is { } error ? error : task;
            },
            cancellationToken);

    /// <summary>Updates a task.</summary>
    public Task<Result<TaskResponse>> UpdateAsync(Ulid id, UpdateTaskRequest request, CancellationToken cancellationToken) =>
        write.RunAsync<AccountTask, TaskResponse>(
            TaskResponse.Shape,
            async () =>
            {
                var batch = new QueryBatch(context);
                var writer = new TaskWriter(batch, context, request);
                var found = batch.Add(context.Tasks.Where(task => task.Id == id), RowLock.Change);
                await batch.RunAsync(cancellationToken);
                if (found is not [var task])
                {
                    return NotFound;
                }

                return writer.Apply(task, request, ids) is { } error ? error : task;
            },
            cancellationToken);

    /// <summary>Deletes a task.</summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) =>
        write.DeleteAsync(context.Tasks.Where(task => task.Id == id), NotFound, time.Now(), cancellationToken);

    /// <summary>Removes an attachment from a task.</summary>
    public Task<Result> RemoveAttachmentAsync(Ulid id, Ulid attachmentId, CancellationToken cancellationToken) =>
        write.RemoveAttachmentAsync(context, context.Tasks.Where(task => task.Id == id), NotFound, attachmentId, cancellationToken);
}
