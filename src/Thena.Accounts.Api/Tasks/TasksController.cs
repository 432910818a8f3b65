using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core;
using Thena.Accounts.Core.History;
using Thena.Accounts.Core.Tasks;

namespace Thena.Accounts.Api.Tasks;

/// <summary>The six task operations.</summary>
[ApiController]
[Route("v1/accounts/tasks")]
[Section("Tasks", 90, Description = "Tasks for an account.")]
public sealed class TasksController(TaskService tasks, HistoryService history) : ControllerBase
{
    private const string IdRequired = "Task ID is required!";
    private const string IdName = "taskId";

    /// <summary>Fetches all account tasks by account ID or by task ID</summary>
    /// <remarks>Sorted from newest to oldest.</remarks>
    [HttpGet]
    [ProducesJson<IReadOnlyList<TaskResponse>>(200), ProducesErrors(400)]
    public async Task<ActionResult<IReadOnlyList<TaskResponse>>> GetAllTasks(
        [FromQuery] ListTasksQuery query, CancellationToken cancellationToken) =>
        (await tasks.ListAsync(query, cancellationToken)).ToList(query, HttpContext);

    /// <summary>Creates an account task</summary>
    /// <remarks>The user of the key becomes the creator. The activity, if any, must belong to the same account.</remarks>
    [HttpPost]
    [ProducesJson<TaskResponse>(201), ProducesErrors(400, 404, 413, 415)]
    public async Task<ActionResult<TaskResponse>> CreateTask(CreateTaskRequest request, CancellationToken cancellationToken) =>
        (await tasks.CreateAsync(request, cancellationToken)).ToCreated();

    /// <summary>Get task details</summary>
    /// <remarks>Returns the record as it is in lists.</remarks>
    [HttpGet("{taskId}")]
    [Extension, Tags(ApiTags.Details)]
    [RequiredId(IdRequired, IdName)]
    [ProducesJson<TaskResponse>(200), ProducesErrors(400, 404)]
    public async Task<ActionResult<TaskResponse>> GetTaskDetails(
        Ulid taskId, [At] DateTimeOffset? at, CancellationToken cancellationToken) => (await history.GetAsync(
            TaskKind.Plural, taskId, at, () => tasks.GetAsync(taskId, cancellationToken), cancellationToken)).ToOk();

    /// <summary>Updates an account task</summary>
    /// <remarks>A closed status makes the task inactive. <c>attachmentUrls</c> adds attachments.</remarks>
    [HttpPut("{taskId}")]
    [RequiredId(IdRequired, IdName)]
    [ProducesJson<TaskResponse>(200), ProducesErrors(400, 404, 413, 415)]
    public async Task<ActionResult<TaskResponse>> UpdateTask(Ulid taskId, UpdateTaskRequest request, CancellationToken cancellationToken) =>
        (await tasks.UpdateAsync(taskId, request, cancellationToken)).ToOk();

    /// <summary>Deletes an account task</summary>
    /// <remarks>Its activity stays.</remarks>
    [HttpDelete("{taskId}")]
    [RequiredId(IdRequired, IdName)]
    [ProducesResponseType(200), ProducesErrors(400, 404)]
    public async Task<ActionResult> DeleteTask(Ulid taskId, CancellationToken cancellationToken) =>
        (await tasks.DeleteAsync(taskId, cancellationToken)).ToEmpty();

    /// <summary>Removes an attachment from an account task</summary>
    /// <remarks>The file itself is not deleted.</remarks>
    [HttpDelete("{taskId}/attachments/{attachmentId}")]
    [RequiredId(IdRequired, IdName)]
    [ProducesResponseType(200), ProducesErrors(400, 404)]
    public async Task<ActionResult> RemoveTaskAttachment(Ulid taskId, Ulid attachmentId, CancellationToken cancellationToken) =>
        (await tasks.RemoveAttachmentAsync(taskId, attachmentId, cancellationToken)).ToEmpty();
}
