using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core.Attributes;

namespace Thena.Accounts.Api.Attributes;

/// <summary>The four attribute value operations.</summary>
[ApiController]
[Route("v1/accounts/attributes")]
[Section("Attribute values", 30, Description = "The organization's pick lists, such as account statuses.")]
public sealed class AttributeValuesController(AttributeValueService values) : ControllerBase
{
    private const string IdRequired = "Attribute value ID is required!";

    /// <summary>Gets all account attribute values</summary>
    /// <remarks>Returns one pick list, in order of creation.</remarks>
    [HttpGet]
    [ProducesJson<IReadOnlyList<AttributeValueResponse>>(200), ProducesErrors(400)]
    public async Task<ActionResult<IReadOnlyList<AttributeValueResponse>>> GetAllAttributeValues(
        [FromQuery] ListAttributeValuesQuery query, CancellationToken cancellationToken) =>
        new(await values.ListAsync(query, cancellationToken));

    /// <summary>Creates an account attribute value</summary>
    /// <remarks>The value is unique in its pick list, ignoring case. A new default replaces the previous one.</remarks>
    [HttpPost]
    [ProducesJson<AttributeValueResponse>(201), ProducesErrors(400, 409, 413, 415)]
    public async Task<ActionResult<AttributeValueResponse>> CreateAttributeValue(
        CreateAttributeValueRequest request, CancellationToken cancellationToken) =>
        (await values.CreateAsync(request, cancellationToken)).ToCreated();

    /// <summary>Updates an account attribute value</summary>
    /// <remarks>Absent fields stay unchanged. Records that use the value show its new text.</remarks>
    [HttpPut("{id}")]
    [RequiredId(IdRequired)]
    [ProducesJson<AttributeValueResponse>(200), ProducesErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<AttributeValueResponse>> UpdateAttributeValue(
        Ulid id, UpdateAttributeValueRequest request, CancellationToken cancellationToken) =>
        (await values.UpdateAsync(id, request, cancellationToken)).ToOk();

    /// <summary>Deletes an account attribute value</summary>
    /// <remarks>The default of a pick list that must have one cannot be deleted.</remarks>
    /// <param name="id">The value's ID.</param>
    /// <param name="forceDelete">
    /// Whether records that use the value get the default of the list instead. If not, deleting a value in use is a 409.
    /// </param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    [HttpDelete("{id}")]
    [RequiredId(IdRequired)]
    [ProducesResponseType(200), ProducesErrors(400, 404, 409)]
    public async Task<ActionResult> DeleteAttributeValue(Ulid id, [FromQuery] bool? forceDelete, CancellationToken cancellationToken) =>
        (await values.DeleteAsync(id, forceDelete == true, cancellationToken)).ToEmpty();
}
