namespace Thena.Accounts.Core.Contacts;

/// <summary>The contacts that the people have become.</summary>
public sealed record IngestUsersResponse
{
    /// <summary>Always 200.</summary>
    /// <example>200</example>
    public required int StatusCode { get; init; }

    /// <summary>What was done.</summary>
    /// <example>Users ingested successfully!</example>
    public required string Message { get; init; }

    /// <summary>One row a distinct address, in the order given.</summary>
    public required IReadOnlyList<IngestedUserResponse> Data { get; init; }
}
