using System.Text.Json.Serialization;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Core.Results;

/// <summary>The body of every error.</summary>
public sealed record ErrorResponse
{
    /// <summary>The HTTP status code.</summary>
    /// <example>404</example>
    public required int StatusCode { get; init; }

    /// <summary>The error, as one sentence.</summary>
    /// <example>Account not found!</example>
    public required string Message { get; init; }

    /// <summary>The reason phrase of the status code.</summary>
    /// <example>Not Found</example>
    public required string Error { get; init; }

    /// <summary>All problems of an invalid request.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>The ID of the existing record that the request conflicts with.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ExistingId { get; init; }

    /// <summary>The number of records that use the attribute value.</summary>
    /// <example>3</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? UsageCount { get; init; }

    /// <summary>The cursor of the oldest event that is kept, if the given cursor is older.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OldestCursor { get; init; }
}
