using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Authentication;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Changes;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.History;
using Thena.Accounts.Postgres.Changes;

namespace Thena.Accounts.Api.Accounts;

/// <summary>The eight account operations.</summary>
[ApiController]
[Route("v1/accounts")]
[Section("Accounts", 10, Description = "Customer accounts.")]
[RequiresPaidTier]
public sealed class AccountsController(AccountService accounts, HistoryService history) : ControllerBase
{
    private const string IdRequired = "Account ID is required!";

    /// <summary>Get all accounts</summary>
    /// <remarks>
    /// Sorted from newest to oldest, unless you choose another order. To read the whole list, follow the <c>next</c> link of the
    /// <c>Link</c> header.
    /// </remarks>
    [HttpGet]
    [ProducesJson<IReadOnlyList<AccountResponse>>(200), ProducesErrors(400)]
    public async Task<ActionResult<IReadOnlyList<AccountResponse>>> GetAllAccounts(
        [FromQuery] ListAccountsQuery query, CancellationToken cancellationToken) =>
        (await accounts.ListAsync(query, cancellationToken)).ToList(query, HttpContext);

    /// <summary>Create an account</summary>
    /// <remarks>
    /// The primary domain is unique. A second account with the same domain gets a 409 with the ID of the first one (`existingId`).
    /// </remarks>
    [HttpPost]
    [ProducesJson<AccountResponse>(201), ProducesErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<AccountResponse>> CreateAccount(CreateAccountRequest request, CancellationToken cancellationToken) =>
        (await accounts.CreateAsync(request, cancellationToken)).ToCreated();

    /// <summary>Get accounts by ids</summary>
    /// <remarks>Returns the records in the order requested, each once. Unknown IDs are left out.</remarks>
    [HttpPost("filter/ids")]
    [ReadsOnly]
    [ProducesJson<IReadOnlyList<AccountResponse>>(200), ProducesErrors(400, 413, 415)]
    public async Task<ActionResult<IReadOnlyList<AccountResponse>>> GetAccountsByIds(
        FilterAccountsByIdsRequest request, CancellationToken cancellationToken) =>
        (await accounts.GetByIdsAsync(request, cancellationToken)).ToOk();

    /// <summary>Get accounts by primary domains</summary>
    /// <remarks>Returns the accounts in the order requested, each once. Unknown domains are left out.</remarks>
    [HttpPost("filter/primary-domains")]
    [ReadsOnly]
    [ProducesJson<IReadOnlyList<AccountResponse>>(200), ProducesErrors(400, 413, 415)]
    public async Task<ActionResult<IReadOnlyList<AccountResponse>>> GetAccountsByPrimaryDomains(
        FilterAccountsByPrimaryDomainsRequest request, CancellationToken cancellationToken) =>
        (await accounts.GetByPrimaryDomainsAsync(request, cancellationToken)).ToOk();

    /// <summary>Create accounts in bulk</summary>
    /// <remarks>
    /// Creates 1 to 5,000 accounts. If one item is invalid, the whole request is refused. Accounts whose domain exists or
    /// appears earlier in the body are skipped.
    /// </remarks>
    [HttpPost("bulk")]
    [ChangesAs(ChangeSource.Bulk)]
    [ProducesJson<BulkCreateResponse>(200), ProducesJson<BulkCreateResponse>(201), ProducesErrors(400, 404, 413, 415)]
    public async Task<ActionResult<BulkCreateResponse>> CreateAccountsInBulk(
        CreateAccountsRequest request, CancellationToken cancellationToken) =>
        (await accounts.CreateManyAsync(request, cancellationToken)).ToActionResult(response => response.Created > 0 ? 201 : 200);

    /// <summary>Get account details</summary>
    /// <remarks>Includes the owner, the pick list values and the custom field values.</remarks>
    [HttpGet("{id}")]
    [RequiredId(IdRequired)]
    [ProducesJson<AccountResponse>(200), ProducesErrors(400, 404)]
    public async Task<ActionResult<AccountResponse>> GetAccountDetails(
        Ulid id, [At] DateTimeOffset? at, CancellationToken cancellationToken) => (await history.GetAsync(
            AccountKind.Plural, id, at, () => accounts.GetAsync(id, cancellationToken), cancellationToken)).ToOk();

    /// <summary>Update an account</summary>
    /// <remarks>
    /// Absent fields stay unchanged; <c>null</c> clears a field. <c>metadata</c> and <c>customFieldValues</c> are replaced as a whole.
    /// </remarks>
    [HttpPut("{id}")]
    [RequiredId(IdRequired)]
    [ProducesJson<AccountResponse>(200), ProducesErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<AccountResponse>> UpdateAccount(
        Ulid id, UpdateAccountRequest request, CancellationToken cancellationToken) =>
        (await accounts.UpdateAsync(id, request, cancellationToken)).ToOk();

    /// <summary>Delete an account</summary>
    /// <remarks>
    /// Deletes its relationships, activities, notes and tasks too. Its contacts stay. Its domain can be used again. A second
    /// deletion is a 404.
    /// </remarks>
    [HttpDelete("{id}")]
    [RequiredId(IdRequired)]
    [ProducesResponseType(200), ProducesErrors(400, 404)]
    public async Task<ActionResult> DeleteAccount(Ulid id, CancellationToken cancellationToken) =>
        (await accounts.DeleteAsync(id, cancellationToken)).ToEmpty();
}
