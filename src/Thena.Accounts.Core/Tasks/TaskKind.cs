using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Deletion;
using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Core.Tasks;

/// <summary>Tasks, for what handles all kinds of records.</summary>
public sealed class TaskKind : RecordKind<AccountTask, TaskResponse>
{
    /// <summary>The name of the kind.</summary>
    public const string Plural = "tasks";

    /// <summary>Creates the descriptor.</summary>
    public TaskKind()
        : base(Plural, "v1/accounts/tasks", TaskJson.Default, TaskResponse.From)
    {
        EventName = "account-task";
        PayloadName = "task";
        NotFound = TaskService.NotFound;
        Requests = new RecordRequests<TaskService, CreateTaskRequest, UpdateTaskRequest, TaskResponse>(
            (tasks, request, cancellationToken) => tasks.CreateAsync(request, cancellationToken),
            (tasks, id, request, cancellationToken) => tasks.UpdateAsync(id, request, cancellationToken));
        Examples = new RecordExamples { Change = """{"status": "COMPLETED", "priority": "LOW"}""" };
    }

    /// <inheritdoc/>
    public override void Register(IServiceCollection services)
    {
        services.AddScoped<TaskService>();
        services.AddUse<AccountTask>(AttributeKind.TaskType, nameof(AccountTask.TypeId));
        services.AddUse<AccountTask>(AttributeKind.TaskStatus, nameof(AccountTask.StatusId));
        services.AddUse<AccountTask>(AttributeKind.TaskPriority, nameof(AccountTask.PriorityId));
        services.AddSingleton<IDependents<Account>, AccountTaskDependents>();
        services.AddSingleton<IDependents<Activity>, ActivityTaskDependents>();
    }

    /// <inheritdoc/>
    public override void Describe(IRecordMembers members)
    {
        members.Record("accountId", AccountKind.Plural);
        members.Record("activityId", ActivityKind.Plural);
        members.Author("creatorId", "creatorEmail", "creator");
        members.User("assigneeId");
        members.PickListValues("type", "status", "priority");
        members.Attachments();
    }
}
