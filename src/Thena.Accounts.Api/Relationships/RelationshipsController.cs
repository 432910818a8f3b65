using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core;
using Thena.Accounts.Core.History;
using Thena.Accounts.Core.Relationships;

namespace Thena.Accounts.Api.Relationships;

/// <summary>The five relationship operations.</summary>
[ApiController]
[Route("v1/accounts/relationships")]
[Section("Relationships", 60, Description = "Directed relationships between accounts.")]
public sealed class RelationshipsController(RelationshipService relationships, HistoryService history) : ControllerBase
{
    private const string IdRequired = "Relationship ID is required!";

    /// <summary>Get all account relationships</summary>
    /// <remarks>Sorted from newest to oldest. <c>accountId</c> matches either end of a relationship.</remarks>
    [HttpGet]
    [ProducesJson<IReadOnlyList<RelationshipResponse>>(200), ProducesErrors(400)]
    public async Task<ActionResult<IReadOnlyList<RelationshipResponse>>> GetAllRelationships(
        [FromQuery] ListRelationshipsQuery query, CancellationToken cancellationToken) =>
        (await relationships.ListAsync(query, cancellationToken)).ToList(query, HttpContext);

    /// <summary>Create an account relationship</summary>
    /// <remarks>A relationship that exists already is a 409, even if it is stated from the other end with the inverse type.</remarks>
    [HttpPost]
    [ProducesJson<RelationshipResponse>(201), ProducesErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<RelationshipResponse>> CreateRelationship(
        CreateRelationshipRequest request, CancellationToken cancellationToken) =>
        (await relationships.CreateAsync(request, cancellationToken)).ToCreated();

    /// <summary>Get relationship details</summary>
    /// <remarks>Returns the record as it is in lists.</remarks>
    [HttpGet("{id}")]
    [Extension, Tags(ApiTags.Details)]
    [RequiredId(IdRequired)]
    [ProducesJson<RelationshipResponse>(200), ProducesErrors(400, 404)]
    public async Task<ActionResult<RelationshipResponse>> GetRelationshipDetails(
        Ulid id, [At] DateTimeOffset? at, CancellationToken cancellationToken) => (await history.GetAsync(
            RelationshipKind.Plural, id, at, () => relationships.GetAsync(id, cancellationToken), cancellationToken)).ToOk();

    /// <summary>Update an account relationship</summary>
    /// <remarks>Changes the type and the metadata. The two accounts cannot be changed.</remarks>
    [HttpPut("{id}")]
    [RequiredId(IdRequired)]
    [ProducesJson<RelationshipResponse>(200), ProducesErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<RelationshipResponse>> UpdateRelationship(
        Ulid id, UpdateRelationshipRequest request, CancellationToken cancellationToken) =>
        (await relationships.UpdateAsync(id, request, cancellationToken)).ToOk();

    /// <summary>Delete an account relationship</summary>
    /// <remarks>The two accounts stay. A second deletion is a 404.</remarks>
    [HttpDelete("{id}")]
    [RequiredId(IdRequired)]
    [ProducesResponseType(200), ProducesErrors(400, 404)]
    public async Task<ActionResult> DeleteRelationship(Ulid id, CancellationToken cancellationToken) =>
        (await relationships.DeleteAsync(id, cancellationToken)).ToEmpty();
}
