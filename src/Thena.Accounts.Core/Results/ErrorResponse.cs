using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Results;

/// <summary>The body of every error.</summary>
public sealed record ErrorResponse
{
    /// <summary>The status of the answer.</summary>
    /// <example>404</example>
    public required int StatusCode { get; init; }

    /// <summary>One sentence.</summary>
    /// <example>Account not found!</example>
    public required string Message { get; init; }

    /// <summary>The reason phrase of the status.</summary>
    /// <example>Not Found</example>
    public required string Error { get; init; }

    /// <summary>Of an invalid request: every problem found.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>Of a broken uniqueness rule: the id of the living twin.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ExistingId { get; init; }

    /// <summary>Of an attribute value in use: how many records use it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? UsageCount { get; init; }
}
