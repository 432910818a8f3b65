using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Authentication;
using Thena.Accounts.Api.Changes;
using Thena.Accounts.Api.Deadlines;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.Files;
using Thena.Accounts.Api.Intake;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Moving.Files;
using Thena.Accounts.Moving.Rows;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Moving;

/// <summary>Imports files of accounts and contacts, and exports records. These operations are extensions of this server.</summary>
[ApiController]
[Route("v1/accounts")]
[Section(
    "Import and export",
    100,
    Description = "Files of accounts, contacts and other records. These operations are extensions of this server.")]
[Extension]
public sealed class MovingController(
    RowImporter importer,
    RecordExporter exporter,
    CurrentOrganization organization,
    ChangeOrigin origin,
    ILogger<MovingController> logger) : ControllerBase
{
    /// <summary>Import accounts from a file</summary>
    /// <remarks>
    /// Send a CSV file, or one JSON object per line, up to 100 MB. Accounts are identified by their primary domain. The response has one
    /// line per rejected row, and a summary as its last line. Importing the same file again changes nothing.
    /// </remarks>
    [HttpPost("import")]
    [ChangesAs(ChangeSource.Import)]
    [EndsWithClient]
    [RequiresPaidTier]
    [ReadsFile(
        "name,primary domain,employees\nGlobex,globex.example,120\n",
        "{\"name\":\"Globex\",\"primaryDomain\":\"globex.example\",\"employees\":120}\n")]
    [ProducesResponseType(typeof(ImportLine), 200, FileTypes.Ndjson), ProducesErrors(400, 413, 415)]
    public Task<ActionResult> ImportAccounts([FromQuery] ImportFileQuery query, CancellationToken cancellationToken) =>
        ImportAsync(AccountKind.Plural, query, cancellationToken);

    /// <summary>Import contacts from a file</summary>
    /// <remarks>
    /// Send a CSV file, or one JSON object per line, up to 100 MB. Contacts are identified by their email address. The column
    /// <c>accountDomain</c> of a CSV file links a contact to the account with this primary domain. The response has one line per rejected
    /// row, and a summary as its last line. Importing the same file again changes nothing.
    /// </remarks>
    [HttpPost("contacts/import")]
    [ChangesAs(ChangeSource.Import)]
    [EndsWithClient]
    [ReadsFile(
        "first name,email,phone number\nHank,hank@globex.example,+1 555 123 4567\n",
        "{\"firstName\":\"Hank\",\"email\":\"hank@globex.example\",\"phoneNumber\":\"+1 555 123 4567\"}\n")]
    [ProducesResponseType(typeof(ImportLine), 200, FileTypes.Ndjson), ProducesErrors(400, 413, 415)]
    public Task<ActionResult> ImportContacts([FromQuery] ImportFileQuery query, CancellationToken cancellationToken) =>
        ImportAsync(ContactKind.Plural, query, cancellationToken);

    /// <summary>Export records to a file</summary>
    /// <remarks>
    /// Returns all records of one kind as they are at one moment, oldest first: one JSON object per line, or a CSV file. Private notes of
    /// other users are left out.
    /// </remarks>
    [HttpGet("export")]
    [EndsWithClient]
    [RequiresPaidTier]
    [ReturnsFile(
        "id,name,primaryDomain\n01JGXZX1800000000000000001,3M,mmm.example\n",
        "{\"id\":\"01JGXZX1800000000000000001\",\"name\":\"3M\",\"primaryDomain\":\"mmm.example\"}\n")]
    [ProducesResponseType(200), ProducesErrors(400)]
    public async Task<ActionResult> ExportRecords([FromQuery] ExportQuery query, CancellationToken cancellationToken)
    {
        var caller = organization.Caller;
        var limits = HttpContext.RequestServices.GetRequiredService<ExportLimits>();
        if (limits.Enter(HttpContext, caller.KeyId) is { } refusal)
        {
            await ErrorWriter.WriteAsync(HttpContext, refusal, ExportLimits.RetryAfter);
            return new EmptyResult();
        }

        var format = FileFormats.Parse(query.Format, query.Exact ?? false);
        Response.ContentType = FileTypes.MediaType(format);
        Response.Headers.ContentDisposition = $"attachment; filename=\"{query.Kind}.{format.ToName()}\"";
        await using var client = limits.Pace(Response.Body, cancellationToken);
        try
        {
            await exporter.WriteAsync(caller, query.Kind!, format, client, cancellationToken);
        }
        catch (SlowClientException)
        {
            logger.LogWarning("An export was ended, because its client reads too slowly");
            HttpContext.Abort();
        }

        return new EmptyResult();
    }

    private async Task<ActionResult> ImportAsync(string kind, ImportFileQuery query, CancellationToken cancellationToken)
    {
        var (format, file, place) = await HttpContext.Features.GetRequiredFeature<PendingFile>().ReceiveAsync();
        var lines = new ImportLineWriter(Response, place);
        try
        {
            var summary = await ReadRowsAsync(kind, format, query, file, lines, cancellationToken);
            await lines.WriteAsync(new ImportLine { Summary = summary }, cancellationToken);
            return new EmptyResult();
        }
        catch (RowImportStoppedException exception)
        {
            // What has been written stays, so the request has not failed as a whole.
            await lines.WriteAsync(new ImportLine { Reason = exception.Message }, cancellationToken);
            await lines.WriteAsync(new ImportLine { Summary = exception.Summary }, cancellationToken);
            return new EmptyResult();
        }
        catch (RecordSourceException exception)
        {
            return new ErrorResult(Error.Invalid(exception.Message));
        }
    }

    private async Task<RowImportSummary> ReadRowsAsync(
        string kind, FileFormat format, ImportFileQuery query, Stream file, ImportLineWriter lines, CancellationToken cancellationToken)
    {
        var organizationId = organization.Caller.OrganizationId;
        using var csv = format == FileFormat.Csv
            ? await importer.OpenCsvAsync(
                organizationId,
                kind,
                file,
                new Dictionary<string, string>(StringComparer.Ordinal),
                query.Exact ?? false,
                cancellationToken)
            : null;
        return await importer.RunAsync(
            organizationId,
            kind,
            csv is null ? new JsonRows(file) : csv,
            new RowImportOptions(query.Update ?? false, query.DryRun ?? false, origin),
            row => lines.WriteAsync(ImportLine.Of(row), cancellationToken),
            _ => { },
            cancellationToken);
    }
}
