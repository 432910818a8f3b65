using Thena.Accounts.Api.Intake;
using Thena.Accounts.Api.Responses;
using Thena.Accounts.Moving.Rows;

namespace Thena.Accounts.Api.Moving;

/// <summary>Writes the lines of the response to an import. Starts the response with the first one.</summary>
/// <param name="response">The response.</param>
/// <param name="place">The place of the request, if its file is large. Others get it while the client is slow to read.</param>
internal sealed class ImportLineWriter(HttpResponse response, HeavyRequests.Place? place)
{
    /// <summary>Writes and sends a line.</summary>
    public async ValueTask WriteAsync(ImportLine line, CancellationToken cancellationToken)
    {
        if (!response.HasStarted)
        {
            response.ContentType = FileTypes.Ndjson;
        }

        ResponseJson.WriteLine(response.BodyWriter, line);
        var flush = response.BodyWriter.FlushAsync(cancellationToken);
        if (place is null)
        {
            await flush;
        }
        else
        {
            await place.FlushOutsideAsync(flush, cancellationToken);
        }
    }
}
