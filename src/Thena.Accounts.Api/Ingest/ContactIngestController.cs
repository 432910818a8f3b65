using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Changes;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core.Ingest;
using Thena.Accounts.Postgres.Changes;

namespace Thena.Accounts.Api.Ingest;

/// <summary>The ingest operation.</summary>
[ApiController]
[Route("v1/accounts/contacts/ingest")]
[Section("Contacts", 45)]
public sealed class ContactIngestController(IngestService ingest) : ControllerBase
{
    /// <summary>Ingest users</summary>
    /// <remarks>
    /// Creates contacts for the users of an application, and links them to the accounts with their email domains. Missing accounts are
    /// created. Empty fields of existing contacts are filled; other fields stay unchanged. Repeating the request changes nothing.
    /// </remarks>
    [HttpPost]
    [ChangesAs(ChangeSource.Ingest)]
    [ProducesJson<IngestUsersResponse>(200), ProducesErrors(400, 404, 413, 415)]
    public async Task<ActionResult<IngestUsersResponse>> IngestUsers(IngestUsersRequest request, CancellationToken cancellationToken) =>
        (await ingest.IngestAsync(request, cancellationToken)).ToOk();
}
