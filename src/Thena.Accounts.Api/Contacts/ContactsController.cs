using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Authentication;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.Ingest;

namespace Thena.Accounts.Api.Contacts;

/// <summary>The seven contact operations, and ingest.</summary>
[ApiController]
[Route("v1/accounts/contacts")]
public sealed class ContactsController(ContactService contacts, IngestService ingest) : ControllerBase
{
    private const string IdRequired = "Contact ID is required!";
    private const string IdName = "contactId";

    /// <summary>Get all account contacts</summary>
    /// <remarks>Newest first.</remarks>
    [HttpGet]
    [Answers<IReadOnlyList<ContactResponse>>(200), AnswersErrors(400)]
    public async Task<ActionResult<IReadOnlyList<ContactResponse>>> GetAllContacts([FromQuery] ListContactsQuery query, CancellationToken cancellationToken) =>
        (await contacts.ListAsync(query, cancellationToken)).ToList(query, HttpContext);

    /// <summary>Create an account contact</summary>
    /// <remarks>Its e-mail address is unique in any case: a second contact with it is a 409 that names the first.</remarks>
    [HttpPost]
    [Answers<ContactResponse>(201), AnswersErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<ContactResponse>> CreateContact(CreateContactRequest request, CancellationToken cancellationToken) =>
        (await contacts.CreateAsync(request, cancellationToken)).ToCreated();

    /// <summary>Filter customer contacts by ids</summary>
    /// <remarks>In the order asked, each once; unknown ids are left out.</remarks>
    [HttpPost("filter/ids")]
    [ReadsOnly]
    [Answers<IReadOnlyList<ContactResponse>>(200), AnswersErrors(400, 413, 415)]
    public async Task<ActionResult<IReadOnlyList<ContactResponse>>> FilterContactsByIds(FilterContactsByIdsRequest request, CancellationToken cancellationToken) =>
        new(await contacts.GetByIdsAsync(request, cancellationToken));

    /// <summary>Search customer contacts</summary>
    /// <remarks>By the whole e-mail address, in any case.</remarks>
    [HttpGet("search")]
    [Answers<IReadOnlyList<ContactResponse>>(200), AnswersErrors(400)]
    public async Task<ActionResult<IReadOnlyList<ContactResponse>>> SearchContacts([FromQuery] SearchContactsQuery query, CancellationToken cancellationToken) =>
        new(await contacts.SearchAsync(query, cancellationToken));

    /// <summary>Bulk create account contacts</summary>
    /// <remarks>1 to 5,000 at once. One invalid item refuses all; an address that exists or stands earlier in the body is skipped, and not linked.</remarks>
    [HttpPost("bulk")]
    [Answers<BulkCreateResponse>(200), Answers<BulkCreateResponse>(201), AnswersErrors(400, 404, 413, 415)]
    public async Task<ActionResult<BulkCreateResponse>> CreateContactsInBulk(CreateContactsRequest request, CancellationToken cancellationToken) =>
        (await contacts.CreateManyAsync(request, cancellationToken)).ToActionResult(response => response.Created > 0 ? 201 : 200);

    /// <summary>Ingest users</summary>
    /// <remarks>
    /// Makes the people that an application has seen contacts of the accounts with their domains, and makes those accounts where there are none. Told
    /// twice, it changes nothing the second time: what is empty is filled, what a person wrote is kept.
    /// </remarks>
    [HttpPost("ingest")]
    [Answers<IngestUsersResponse>(200), AnswersErrors(400, 404, 413, 415)]
    public async Task<ActionResult<IngestUsersResponse>> IngestUsers(IngestUsersRequest request, CancellationToken cancellationToken) =>
        (await ingest.IngestAsync(request, cancellationToken)).ToOk();

    /// <summary>Update a customer contact</summary>
    /// <remarks>Absent members stay as they are, <c>null</c> clears. <c>accountIds</c>, <c>metadata</c> and <c>customFieldValues</c> are replaced as a whole.</remarks>
    [HttpPut($"{{contactId:{RecordIdConstraint.Name}}}")]
    [RequiredId(IdRequired, IdName)]
    [Answers<ContactResponse>(200), AnswersErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<ContactResponse>> UpdateContact(Ulid contactId, UpdateContactRequest request, CancellationToken cancellationToken) =>
        (await contacts.UpdateAsync(contactId, request, cancellationToken)).ToOk();

    /// <summary>Delete a customer contact</summary>
    /// <remarks>Its accounts stay, its e-mail address becomes free. A second time is a 404.</remarks>
    [HttpDelete($"{{contactId:{RecordIdConstraint.Name}}}")]
    [RequiredId(IdRequired, IdName)]
    [Answers(200), AnswersErrors(400, 404)]
    public async Task<ActionResult> DeleteContact(Ulid contactId, CancellationToken cancellationToken) =>
        (await contacts.DeleteAsync(contactId, cancellationToken)).ToEmpty();
}
