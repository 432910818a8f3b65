using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Tenancy;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Tasks;

/// <summary>Manages the tasks of accounts (contract: Tasks).</summary>
public sealed class TaskService(Records records, Writes writes, CurrentOrganization organization)
{
    internal static readonly Error NotFound = Error.NotFound("Account task not found");

    /// <summary>Reads a page of the tasks that match, newest first.</summary>
    public Task<Result<Page<TaskResponse>>> ListAsync(ListTasksQuery query, CancellationToken cancellationToken) =>
        records.ToPageAsync(
            records.Of<AccountTask>()
                .WithId(nameof(AccountTask.Id), query.TaskId)
                .WithId(nameof(AccountTask.AccountId), query.AccountId)
                .WithId(nameof(AccountTask.ActivityId), query.ActivityId)
                .WithId(nameof(AccountTask.AssigneeId), query.AssigneeId)
                .WithValue(nameof(AccountTask.TypeId), AttributeKind.TaskType, query.Type)
                .WithValue(nameof(AccountTask.StatusId), AttributeKind.TaskStatus, query.Status)
                .WithValue(nameof(AccountTask.PriorityId), AttributeKind.TaskPriority, query.Priority),
            query,
            ListOrder.Newest<AccountTask>(),
            TaskResponse.From,
            cancellationToken);

    /// <summary>Gets a task.</summary>
    public Task<Result<TaskResponse>> GetAsync(Ulid id, CancellationToken cancellationToken) =>
        records.GetAsync(records.Of<AccountTask>(), id, NotFound, TaskResponse.From, cancellationToken);

    /// <summary>Creates a task whose creator is the caller.</summary>
    public Task<Result<TaskResponse>> CreateAsync(CreateTaskRequest request, CancellationToken cancellationToken) =>
        writes.RunAsync<TaskResponse>(
            async unit =>
            {
                var accounts = new NamedAccounts(unit, request.AccountId.Value);
                var writer = new TaskWriter(unit, request);
                await unit.SendAsync();
                if (accounts.Find(request.AccountId.Value) is not var (accountId, accountName))
                {
                    return AccountService.NotFound;
                }

                var task = unit.Stamp.New(new AccountTask
                {
                    AccountId = accountId,
                    AccountName = accountName,
                    Title = request.Title.Value!.Trim(),
                    CreatorId = organization.Caller.UserId,
                });
                if (writer.Apply(task, request) is { } refusal)
                {
                    return refusal;
                }

                unit.Insert(task);
                return TaskResponse.From(task, unit.References);
            },
            cancellationToken);

    /// <summary>Updates a task.</summary>
    public Task<Result<TaskResponse>> UpdateAsync(Ulid id, UpdateTaskRequest request, CancellationToken cancellationToken) =>
        writes.UpdateAsync(
            All,
            id,
            NotFound,
            unit =>
            {
                var writer = new TaskWriter(unit, request);
                return task => writer.Apply(task, request);
            },
            TaskResponse.From,
            cancellationToken);

    /// <summary>Deletes a task.</summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) =>
        writes.DeleteAsync(All, id, NotFound, cancellationToken);

    /// <summary>Removes an attachment from a task.</summary>
    public Task<Result> RemoveAttachmentAsync(Ulid id, Ulid attachmentId, CancellationToken cancellationToken) =>
        writes.RemoveAttachmentAsync(All, id, NotFound, attachmentId, cancellationToken);

    private static Query<AccountTask> All(Unit unit) => unit.Of<AccountTask>();
}
