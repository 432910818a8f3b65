using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Api.Administration;

/// <summary>
/// Asks a running server whether it is ready. A container runs this every few seconds, so it starts fast and uses no database.
/// </summary>
internal static class HealthProbe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Returns the address of the server of this environment: the first address in <c>ASPNETCORE_URLS</c>, or else the first port in
    /// <c>ASPNETCORE_HTTP_PORTS</c>, or else port 5000.
    /// </summary>
    public static string OwnAddress()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").Build();
        if (First(configuration["URLS"]) is not { } url)
        {
            return $"http://localhost:{First(configuration["HTTP_PORTS"]) ?? "5000"}";
        }

        try
        {
            var address = BindingAddress.Parse(url);
            var host = address.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
            return $"{address.Scheme}://{host}:{address.Port}";
        }
        catch (FormatException)
        {
            return url;
        }
    }

    /// <summary>Asks the server at an address whether it is ready.</summary>
    public static async Task<Result<HealthResponse>> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Timeout };
        try
        {
            using var answer = await client.GetAsync(new Uri(address, "/health/ready"), cancellationToken);
            return answer.IsSuccessStatusCode
                ? new HealthResponse(true)
                : Error.Invalid($"The server at {address} is not ready: it answered {(int)answer.StatusCode}.");
        }
        catch (Exception exception) when (
            exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Error.Invalid($"The server at {address} does not answer: {exception.Message}");
        }
    }

    private static string? First(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
}
