using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Authentication;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Changes;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.History;
using Thena.Accounts.Postgres.Changes;

namespace Thena.Accounts.Api.Contacts;

/// <summary>The eight contact operations.</summary>
[ApiController]
[Route("v1/accounts/contacts")]
[Section("Contacts", 40, Description = "The people at customer accounts.")]
public sealed class ContactsController(ContactService contacts, HistoryService history) : ControllerBase
{
    private const string IdRequired = "Contact ID is required!";
    private const string IdName = "contactId";

    /// <summary>Get all account contacts</summary>
    /// <remarks>Sorted from newest to oldest.</remarks>
    [HttpGet]
    [ProducesJson<IReadOnlyList<ContactResponse>>(200), ProducesErrors(400)]
    public async Task<ActionResult<IReadOnlyList<ContactResponse>>> GetAllContacts(
        [FromQuery] ListContactsQuery query, CancellationToken cancellationToken) =>
        (await contacts.ListAsync(query, cancellationToken)).ToList(query, HttpContext);

    /// <summary>Create an account contact</summary>
    /// <remarks>
    /// The email address is unique, ignoring case. A second contact with the same address gets a 409 with the ID of the first one
    /// (`existingId`).
    /// </remarks>
    [HttpPost]
    [ProducesJson<ContactResponse>(201), ProducesErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<ContactResponse>> CreateContact(CreateContactRequest request, CancellationToken cancellationToken) =>
        (await contacts.CreateAsync(request, cancellationToken)).ToCreated();

    /// <summary>Filter customer contacts by ids</summary>
    /// <remarks>Returns the records in the order requested, each once. Unknown IDs are left out.</remarks>
    [HttpPost("filter/ids")]
    [ReadsOnly]
    [ProducesJson<IReadOnlyList<ContactResponse>>(200), ProducesErrors(400, 413, 415)]
    public async Task<ActionResult<IReadOnlyList<ContactResponse>>> FilterContactsByIds(
        FilterContactsByIdsRequest request, CancellationToken cancellationToken) =>
        (await contacts.GetByIdsAsync(request, cancellationToken)).ToOk();

    /// <summary>Search customer contacts</summary>
    /// <remarks>Finds the contact with the exact email address, ignoring case.</remarks>
    [HttpGet("search")]
    [ProducesJson<IReadOnlyList<ContactResponse>>(200), ProducesErrors(400)]
    public async Task<ActionResult<IReadOnlyList<ContactResponse>>> SearchContacts(
        [FromQuery] SearchContactsQuery query, CancellationToken cancellationToken) =>
        new(await contacts.SearchAsync(query, cancellationToken));

    /// <summary>Bulk create account contacts</summary>
    /// <remarks>
    /// Creates 1 to 5,000 contacts. If one item is invalid, the whole request is refused. Contacts whose address exists or
    /// appears earlier in the body are skipped, and not linked.
    /// </remarks>
    [HttpPost("bulk")]
    [ChangesAs(ChangeSource.Bulk)]
    [ProducesJson<BulkCreateResponse>(200), ProducesJson<BulkCreateResponse>(201), ProducesErrors(400, 404, 413, 415)]
    public async Task<ActionResult<BulkCreateResponse>> CreateContactsInBulk(
        CreateContactsRequest request, CancellationToken cancellationToken) =>
        (await contacts.CreateManyAsync(request, cancellationToken)).ToActionResult(response => response.Created > 0 ? 201 : 200);

    /// <summary>Get contact details</summary>
    /// <remarks>Returns the record as it is in lists.</remarks>
    [HttpGet("{contactId}")]
    [Extension, Tags(ApiTags.Details)]
    [RequiredId(IdRequired, IdName)]
    [ProducesJson<ContactResponse>(200), ProducesErrors(400, 404)]
    public async Task<ActionResult<ContactResponse>> GetContactDetails(
        Ulid contactId, [At] DateTimeOffset? at, CancellationToken cancellationToken) => (await history.GetAsync(
            ContactKind.Plural, contactId, at, () => contacts.GetAsync(contactId, cancellationToken), cancellationToken)).ToOk();

    /// <summary>Update a customer contact</summary>
    /// <remarks>
    /// Absent fields stay unchanged; <c>null</c> clears a field. <c>accountIds</c>, <c>metadata</c> and <c>customFieldValues</c> are
    /// replaced as a whole.
    /// </remarks>
    [HttpPut("{contactId}")]
    [RequiredId(IdRequired, IdName)]
    [ProducesJson<ContactResponse>(200), ProducesErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<ContactResponse>> UpdateContact(
        Ulid contactId, UpdateContactRequest request, CancellationToken cancellationToken) =>
        (await contacts.UpdateAsync(contactId, request, cancellationToken)).ToOk();

    /// <summary>Delete a customer contact</summary>
    /// <remarks>Its accounts stay. Its email address can be used again. A second deletion is a 404.</remarks>
    [HttpDelete("{contactId}")]
    [RequiredId(IdRequired, IdName)]
    [ProducesResponseType(200), ProducesErrors(400, 404)]
    public async Task<ActionResult> DeleteContact(Ulid contactId, CancellationToken cancellationToken) =>
        (await contacts.DeleteAsync(contactId, cancellationToken)).ToEmpty();
}
