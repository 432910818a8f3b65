namespace Thena.Accounts.Api.Tests.Errors;

/// <summary>Bodies in chunks whose sizes are no numbers, or larger than any number.</summary>
public sealed class ChunkSizeTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string Invalid = """{"statusCode":400,"message":"Request is not valid","error":"Bad Request"}""";

    [Theory]
    [InlineData("/v1/accounts", "application/json", "x")]
    [InlineData("/v1/accounts", "application/json", "80000000")]
    [InlineData("/v1/accounts", "application/json", "FFFFFFFFFFFFFFFFF")]
    [InlineData("/v1/accounts/import", "text/csv", "FFFFFFFFFFFFFFFFF")]
    public async Task Post_WithAWrongChunkSize_Answers400AndCloses(string path, string contentType, string size)
    {
        var tenant = await server.CreateTenantAsync();

        using var connection = await RawConnection.SendAsync(
            server,
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nx-api-key: {tenant.Key.Key}\r\nContent-Type: {contentType}\r\n"
                + $"Transfer-Encoding: chunked\r\n\r\n{size}\r\n{{}}\r\n0\r\n\r\n");
        var response = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", response, StringComparison.Ordinal);
        Assert.Contains(Invalid, response, StringComparison.Ordinal);
    }
}
