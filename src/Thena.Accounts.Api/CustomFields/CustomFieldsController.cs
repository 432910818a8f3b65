using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Api.CustomFields;

/// <summary>The operations on definitions of custom fields.</summary>
[ApiController]
[Route("v1/custom-field")]
[Section("Custom fields", 20, Description = "Your own fields for accounts and contacts.")]
public sealed class CustomFieldsController(CustomFieldService fields, TimeProvider time) : ControllerBase
{
    private const string Fetched = "Custom fields fetched successfully!";

    /// <summary>Get custom fields for an account</summary>
    /// <remarks>Returns the organization's definitions with source <c>account</c>.</remarks>
    [HttpGet("/v1/accounts/account-custom-fields")]
    [ProducesJson<CustomFieldEnvelope<IReadOnlyList<CustomFieldResponse>>>(200)]
    public async Task<ActionResult<CustomFieldEnvelope<IReadOnlyList<CustomFieldResponse>>>> GetAccountCustomFields(
        CancellationToken cancellationToken) =>
        Wrap(await fields.ListOfSourceAsync(CustomFieldSource.Account, cancellationToken), Fetched);

    /// <summary>Create a custom field</summary>
    /// <remarks>The name is unique among the fields of its source, ignoring case.</remarks>
    [HttpPost]
    [ProducesJson<CustomFieldEnvelope<CustomFieldResponse>>(201), ProducesErrors(400, 409, 413, 415)]
    public async Task<ActionResult<CustomFieldEnvelope<CustomFieldResponse>>> CreateCustomField(
        CreateCustomFieldRequest request, CancellationToken cancellationToken) =>
        (await fields.CreateAsync(request, cancellationToken)).Map(field => Wrap(field, "Custom field created successfully!")).ToCreated();

    /// <summary>Get all custom fields</summary>
    /// <remarks>Sorted from newest to oldest. Pages start at 0 here.</remarks>
    [HttpGet]
    [ProducesJson<CustomFieldEnvelope<IReadOnlyList<CustomFieldResponse>>>(200), ProducesErrors(400)]
    public async Task<ActionResult<CustomFieldEnvelope<IReadOnlyList<CustomFieldResponse>>>> GetAllCustomFields(
        [FromQuery] ListCustomFieldsQuery query, CancellationToken cancellationToken) =>
        Wrap(await fields.ListAsync(query, cancellationToken), Fetched);

    /// <summary>Get custom field types</summary>
    /// <remarks>Returns the types in groups.</remarks>
    [HttpGet("types")]
    [ProducesJson<CustomFieldEnvelope<IReadOnlyDictionary<string, IReadOnlyList<string>>>>(200)]
    public ActionResult<CustomFieldEnvelope<IReadOnlyDictionary<string, IReadOnlyList<string>>>> GetCustomFieldTypes() =>
        Wrap(CustomFieldTypes.Groups, "Custom field types fetched successfully!");

    /// <summary>Update custom fields</summary>
    /// <remarks>Updates all fields in the request, or none. Each item names the version that its changes are based on.</remarks>
    [HttpPatch]
    [ProducesJson<CustomFieldEnvelope<IReadOnlyList<CustomFieldResponse>>>(200), ProducesErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<CustomFieldEnvelope<IReadOnlyList<CustomFieldResponse>>>> UpdateCustomFields(
        UpdateCustomFieldsRequest request, CancellationToken cancellationToken) =>
        (await fields.UpdateAsync(request, cancellationToken)).Map(updated => Wrap(updated, "Custom fields updated successfully!")).ToOk();

    /// <summary>Delete custom fields</summary>
    /// <remarks>Deletes all fields in the request, or none. Records no longer show the values of deleted fields.</remarks>
    [HttpPost("delete")]
    [ProducesJson<CustomFieldEnvelope<IReadOnlyList<string>>>(200), ProducesErrors(400, 404, 413, 415)]
    public async Task<ActionResult<CustomFieldEnvelope<IReadOnlyList<string>>>> DeleteCustomFields(
        DeleteCustomFieldsRequest request, CancellationToken cancellationToken) =>
        (await fields.DeleteAsync(request, cancellationToken)).Map(deleted => Wrap(deleted, "Custom fields deleted successfully!")).ToOk();

    private CustomFieldEnvelope<T> Wrap<T>(T data, string message)
        where T : notnull => new(data, true, message, time.Now());
}
