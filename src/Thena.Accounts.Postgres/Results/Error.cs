namespace Thena.Accounts.Postgres.Results;

/// <summary>An expected failure of a use case. Bugs and outages are exceptions instead.</summary>
/// <param name="Kind">The kind of failure, which decides the HTTP status.</param>
/// <param name="Message">The message exactly as the contract defines it, punctuation included.</param>
public sealed record Error(ErrorKind Kind, string Message)
{
    /// <summary>The ID of the existing record, if a record must be unique.</summary>
    public string? ExistingId { get; init; }

    /// <summary>The number of records that use the attribute value, if it is in use.</summary>
    public long? UsageCount { get; init; }

    /// <summary>The cursor of the oldest event that is kept, if the given one is older.</summary>
    public string? OldestCursor { get; init; }

    /// <summary>The time after which the same request may succeed, if waiting helps.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>All problems of an invalid request, in the order in which they were found.</summary>
    public IReadOnlyList<FieldError> Fields { get; init; } = [];

    /// <summary>Creates an error with status 400 and a message.</summary>
    public static Error Invalid(string message) => new(ErrorKind.Invalid, message);

    /// <summary>Creates an error with status 400 for problems of the request. Its message is that of the first problem.</summary>
    public static Error Invalid(IReadOnlyList<FieldError> fields) => new(ErrorKind.Invalid, fields[0].Message) { Fields = fields };

    /// <summary>Returns an error for the problems of a request, or the other error if there are no problems.</summary>
    public static Error? FirstOf(IReadOnlyList<FieldError> problems, Error? otherwise) =>
        problems.Count > 0 ? Invalid(problems) : otherwise;

    /// <summary>Creates an error with status 404.</summary>
    public static Error NotFound(string message) => new(ErrorKind.NotFound, message);

    /// <summary>Creates an error with status 409.</summary>
    public static Error Conflict(string message) => new(ErrorKind.Conflict, message);
}
