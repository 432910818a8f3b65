using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core.Relationships;

namespace Thena.Accounts.Api.Relationships;

/// <summary>The four relationship type operations.</summary>
[ApiController]
[Route("v1/accounts/relationships/types")]
[Section("Relationship types", 50, Description = "Kinds of relationships, such as parent and subsidiary.")]
public sealed class RelationshipTypesController(RelationshipTypeService types) : ControllerBase
{
    private const string IdRequired = "Relationship type ID is required!";

    /// <summary>Get all account relationship types</summary>
    /// <remarks>Sorted in order of creation.</remarks>
    [HttpGet]
    [ProducesJson<IReadOnlyList<RelationshipTypeResponse>>(200)]
    public async Task<ActionResult<IReadOnlyList<RelationshipTypeResponse>>> GetAllRelationshipTypes(CancellationToken cancellationToken) =>
        new(await types.ListAsync(cancellationToken));

    /// <summary>Create an account relationship type</summary>
    /// <remarks>If you name an inverse type, the two types become a pair.</remarks>
    [HttpPost]
    [ProducesJson<RelationshipTypeResponse>(201), ProducesErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<RelationshipTypeResponse>> CreateRelationshipType(
        CreateRelationshipTypeRequest request, CancellationToken cancellationToken) =>
        (await types.CreateAsync(request, cancellationToken)).ToCreated();

    /// <summary>Update an account relationship type</summary>
    /// <remarks>Setting or clearing the inverse does the same to the other type.</remarks>
    [HttpPut("{id}")]
    [RequiredId(IdRequired)]
    [ProducesJson<RelationshipTypeResponse>(200), ProducesErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<RelationshipTypeResponse>> UpdateRelationshipType(
        Ulid id, UpdateRelationshipTypeRequest request, CancellationToken cancellationToken) =>
        (await types.UpdateAsync(id, request, cancellationToken)).ToOk();

    /// <summary>Delete an account relationship type</summary>
    /// <remarks>A type that is in use cannot be deleted.</remarks>
    [HttpDelete("{id}")]
    [RequiredId(IdRequired)]
    [ProducesResponseType(200), ProducesErrors(400, 404, 409)]
    public async Task<ActionResult> DeleteRelationshipType(Ulid id, CancellationToken cancellationToken) =>
        (await types.DeleteAsync(id, cancellationToken)).ToEmpty();
}
