using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.History;

namespace Thena.Accounts.Api.Activities;

/// <summary>The six activity operations.</summary>
[ApiController]
[Route("v1/accounts/activities")]
[Section("Activities", 70, Description = "Calls, meetings and other activities of an account.")]
public sealed class ActivitiesController(ActivityService activities, HistoryService history) : ControllerBase
{
    private const string IdRequired = "Activity ID is required!";
    private const string IdName = "activityId";

    /// <summary>Fetches all account activities</summary>
    /// <remarks>Sorted from newest to oldest.</remarks>
    [HttpGet]
    [ProducesJson<IReadOnlyList<ActivityResponse>>(200), ProducesErrors(400)]
    public async Task<ActionResult<IReadOnlyList<ActivityResponse>>> GetAllActivities(
        [FromQuery] ListActivitiesQuery query, CancellationToken cancellationToken) =>
        (await activities.ListAsync(query, cancellationToken)).ToList(query, HttpContext);

    /// <summary>Creates an account activity</summary>
    /// <remarks>The user of the key becomes the creator.</remarks>
    [HttpPost]
    [ProducesJson<ActivityResponse>(201), ProducesErrors(400, 404, 413, 415)]
    public async Task<ActionResult<ActivityResponse>> CreateActivity(CreateActivityRequest request, CancellationToken cancellationToken) =>
        (await activities.CreateAsync(request, cancellationToken)).ToCreated();

    /// <summary>Get activity details</summary>
    /// <remarks>Returns the record as it is in lists.</remarks>
    [HttpGet("{activityId}")]
    [Extension, Tags(ApiTags.Details)]
    [RequiredId(IdRequired, IdName)]
    [ProducesJson<ActivityResponse>(200), ProducesErrors(400, 404)]
    public async Task<ActionResult<ActivityResponse>> GetActivityDetails(
        Ulid activityId, [At] DateTimeOffset? at, CancellationToken cancellationToken) => (await history.GetAsync(
            ActivityKind.Plural, activityId, at, () => activities.GetAsync(activityId, cancellationToken), cancellationToken)).ToOk();

    /// <summary>Updates an account activity</summary>
    /// <remarks><c>participants</c> replaces the stored participants. <c>attachmentUrls</c> adds attachments.</remarks>
    [HttpPut("{activityId}")]
    [RequiredId(IdRequired, IdName)]
    [ProducesJson<ActivityResponse>(200), ProducesErrors(400, 404, 413, 415)]
    public async Task<ActionResult<ActivityResponse>> UpdateActivity(
        Ulid activityId, UpdateActivityRequest request, CancellationToken cancellationToken) =>
        (await activities.UpdateAsync(activityId, request, cancellationToken)).ToOk();

    /// <summary>Deletes an account activity</summary>
    /// <remarks>Its tasks stay, without an activity.</remarks>
    [HttpDelete("{activityId}")]
    [RequiredId(IdRequired, IdName)]
    [ProducesResponseType(200), ProducesErrors(400, 404)]
    public async Task<ActionResult> DeleteActivity(Ulid activityId, CancellationToken cancellationToken) =>
        (await activities.DeleteAsync(activityId, cancellationToken)).ToEmpty();

    /// <summary>Removes an attachment from an account activity</summary>
    /// <remarks>The file itself is not deleted.</remarks>
    [HttpDelete("{activityId}/attachments/{attachmentId}")]
    [RequiredId(IdRequired, IdName)]
    [ProducesResponseType(200), ProducesErrors(400, 404)]
    public async Task<ActionResult> RemoveActivityAttachment(Ulid activityId, Ulid attachmentId, CancellationToken cancellationToken) =>
        (await activities.RemoveAttachmentAsync(activityId, attachmentId, cancellationToken)).ToEmpty();
}
