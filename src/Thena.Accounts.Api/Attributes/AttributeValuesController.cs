using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core.Attributes;

namespace Thena.Accounts.Api.Attributes;

/// <summary>The four attribute value operations.</summary>
[ApiController]
[Route("v1/accounts/attributes")]
public sealed class AttributeValuesController(AttributeValueService values) : ControllerBase
{
    private const string IdRequired = "Attribute value ID is required!";

    /// <summary>Gets all account attribute values</summary>
    /// <remarks>Of one pick list, in order of creation.</remarks>
    [HttpGet]
    [Answers<IReadOnlyList<AttributeValueResponse>>(200), AnswersErrors(400)]
    public async Task<ActionResult<IReadOnlyList<AttributeValueResponse>>> GetAllAttributeValues(
        [FromQuery] ListAttributeValuesQuery query, CancellationToken cancellationToken) =>
        new(await values.ListAsync(query, cancellationToken));

    /// <summary>Creates an account attribute value</summary>
    /// <remarks>Unique in its pick list in any case. A new default takes the place of the old one.</remarks>
    [HttpPost]
    [Answers<AttributeValueResponse>(201), AnswersErrors(400, 409, 413, 415)]
    public async Task<ActionResult<AttributeValueResponse>> CreateAttributeValue(CreateAttributeValueRequest request, CancellationToken cancellationToken) =>
        (await values.CreateAsync(request, cancellationToken)).ToCreated();

    /// <summary>Updates an account attribute value</summary>
    /// <remarks>Absent members stay as they are. Records that refer to the value show its new text.</remarks>
    [HttpPut($"{{id:{RecordIdConstraint.Name}}}")]
    [RequiredId(IdRequired)]
    [Answers<AttributeValueResponse>(200), AnswersErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<AttributeValueResponse>> UpdateAttributeValue(
        Ulid id, UpdateAttributeValueRequest request, CancellationToken cancellationToken) =>
        (await values.UpdateAsync(id, request, cancellationToken)).ToOk();

    /// <summary>Deletes an account attribute value</summary>
    /// <remarks>A default cannot be deleted where its pick list must have one.</remarks>
    /// <param name="id">The value.</param>
    /// <param name="forceDelete">Whether records that use it get the list's default instead; else a value in use is a 409.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    [HttpDelete($"{{id:{RecordIdConstraint.Name}}}")]
    [RequiredId(IdRequired)]
    [Answers(200), AnswersErrors(400, 404, 409)]
    public async Task<ActionResult> DeleteAttributeValue(Ulid id, [FromQuery] bool? forceDelete, CancellationToken cancellationToken) =>
        (await values.DeleteAsync(id, forceDelete == true, cancellationToken)).ToEmpty();
}
