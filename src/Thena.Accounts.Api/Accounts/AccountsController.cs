using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Authentication;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Bulk;

namespace Thena.Accounts.Api.Accounts;

/// <summary>The eight account operations.</summary>
[ApiController]
[Route("v1/accounts")]
[RequiresPaidTier]
public sealed class AccountsController(AccountService accounts) : ControllerBase
{
    private const string IdRequired = "Account ID is required!";

    /// <summary>Get all accounts</summary>
    /// <remarks>Newest first, unless another order is asked for. Follow the <c>next</c> link of the <c>Link</c> header to walk through all.</remarks>
    [HttpGet]
    [Answers<IReadOnlyList<AccountResponse>>(200), AnswersErrors(400)]
    public async Task<ActionResult<IReadOnlyList<AccountResponse>>> GetAllAccounts([FromQuery] ListAccountsQuery query, CancellationToken cancellationToken) =>
        (await accounts.ListAsync(query, cancellationToken)).ToList(query, HttpContext);

    /// <summary>Create an account</summary>
    /// <remarks>Its primary domain is unique: a second account with it is a 409 that names the first.</remarks>
    [HttpPost]
    [Answers<AccountResponse>(201), AnswersErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<AccountResponse>> CreateAccount(CreateAccountRequest request, CancellationToken cancellationToken) =>
        (await accounts.CreateAsync(request, cancellationToken)).ToCreated();

    /// <summary>Get accounts by ids</summary>
    /// <remarks>In the order asked, each once; unknown ids are left out.</remarks>
    [HttpPost("filter/ids")]
    [ReadsOnly]
    [Answers<IReadOnlyList<AccountResponse>>(200), AnswersErrors(400, 413, 415)]
    public async Task<ActionResult<IReadOnlyList<AccountResponse>>> GetAccountsByIds(FilterAccountsByIdsRequest request, CancellationToken cancellationToken) =>
        new(await accounts.GetByIdsAsync(request, cancellationToken));

    /// <summary>Get accounts by primary domains</summary>
    /// <remarks>In the order asked, each once; unknown domains are left out.</remarks>
    [HttpPost("filter/primary-domains")]
    [ReadsOnly]
    [Answers<IReadOnlyList<AccountResponse>>(200), AnswersErrors(400, 413, 415)]
    public async Task<ActionResult<IReadOnlyList<AccountResponse>>> GetAccountsByPrimaryDomains(
        FilterAccountsByPrimaryDomainsRequest request, CancellationToken cancellationToken) =>
        new(await accounts.GetByPrimaryDomainsAsync(request, cancellationToken));

    /// <summary>Create accounts in bulk</summary>
    /// <remarks>1 to 5,000 at once. One invalid item refuses all; a domain that exists or stands earlier in the body is skipped.</remarks>
    [HttpPost("bulk")]
    [Answers<BulkCreateResponse>(200), Answers<BulkCreateResponse>(201), AnswersErrors(400, 404, 413, 415)]
    public async Task<ActionResult<BulkCreateResponse>> CreateAccountsInBulk(CreateAccountsRequest request, CancellationToken cancellationToken) =>
        (await accounts.CreateManyAsync(request, cancellationToken)).ToActionResult(response => response.Created > 0 ? 201 : 200);

    /// <summary>Get account details</summary>
    /// <remarks>With its owner, pick list values and custom field values.</remarks>
    [HttpGet($"{{id:{RecordIdConstraint.Name}}}")]
    [RequiredId(IdRequired)]
    [Answers<AccountResponse>(200), AnswersErrors(400, 404)]
    public async Task<ActionResult<AccountResponse>> GetAccountDetails(Ulid id, CancellationToken cancellationToken) =>
        (await accounts.GetAsync(id, cancellationToken)).ToOk();

    /// <summary>Update an account</summary>
    /// <remarks>Absent members stay as they are, <c>null</c> clears. <c>metadata</c> and <c>customFieldValues</c> are replaced as a whole.</remarks>
    [HttpPut($"{{id:{RecordIdConstraint.Name}}}")]
    [RequiredId(IdRequired)]
    [Answers<AccountResponse>(200), AnswersErrors(400, 404, 409, 413, 415)]
    public async Task<ActionResult<AccountResponse>> UpdateAccount(Ulid id, UpdateAccountRequest request, CancellationToken cancellationToken) =>
        (await accounts.UpdateAsync(id, request, cancellationToken)).ToOk();

    /// <summary>Delete an account</summary>
    /// <remarks>What belongs to it alone goes with it, its contacts stay. Its domain becomes free. A second time is a 404.</remarks>
    [HttpDelete($"{{id:{RecordIdConstraint.Name}}}")]
    [RequiredId(IdRequired)]
    [Answers(200), AnswersErrors(400, 404)]
    public async Task<ActionResult> DeleteAccount(Ulid id, CancellationToken cancellationToken) =>
        (await accounts.DeleteAsync(id, cancellationToken)).ToEmpty();
}
