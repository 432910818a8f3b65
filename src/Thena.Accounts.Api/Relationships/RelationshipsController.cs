using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core.Relationships;

namespace Thena.Accounts.Api.Relationships;

/// <summary>The four relationship operations.</summary>
[ApiController]
[Route("v1/accounts/relationships")]
public sealed class RelationshipsController(RelationshipService relationships) : ControllerBase
{
    private const string IdRequired = "Relationship ID is required!";

    /// <summary>Get all account relationships</summary>
    /// <remarks>Newest first, as they were told; <c>accountId</c> finds either end.</remarks>
    [HttpGet]
    [Answers<IReadOnlyList<RelationshipResponse>>(200), AnswersErrors(400)]
    public async Task<ActionResult<IReadOnlyList<RelationshipResponse>>> GetAllRelationships(
        [FromQuery] ListRelationshipsQuery query, CancellationToken cancellationToken) =>
        (await relationships.ListAsync(query, cancellationToken)).ToList(query, HttpContext);

    /// <summary>Create an account relationship</summary>
    /// <remarks>The same fact, also told from the other end by the inverse type, is a 409.</remarks>
    [HttpPost]
    [Answers<RelationshipResponse>(201), AnswersErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<RelationshipResponse>> CreateRelationship(CreateRelationshipRequest request, CancellationToken cancellationToken) =>
        (await relationships.CreateAsync(request, cancellationToken)).ToCreated();

    /// <summary>Update an account relationship</summary>
    /// <remarks>Its type and metadata; the two accounts cannot be changed.</remarks>
    [HttpPut($"{{id:{RecordIdConstraint.Name}}}")]
    [RequiredId(IdRequired)]
    [Answers<RelationshipResponse>(200), AnswersErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<RelationshipResponse>> UpdateRelationship(
        Ulid id, UpdateRelationshipRequest request, CancellationToken cancellationToken) =>
        (await relationships.UpdateAsync(id, request, cancellationToken)).ToOk();

    /// <summary>Delete an account relationship</summary>
    /// <remarks>The two accounts stay. A second time is a 404.</remarks>
    [HttpDelete($"{{id:{RecordIdConstraint.Name}}}")]
    [RequiredId(IdRequired)]
    [Answers(200), AnswersErrors(400, 404)]
    public async Task<ActionResult> DeleteRelationship(Ulid id, CancellationToken cancellationToken) =>
        (await relationships.DeleteAsync(id, cancellationToken)).ToEmpty();
}
