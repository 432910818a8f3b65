namespace Thena.Accounts.Core.Results;

/// <summary>An expected failure of a use case. Bugs and outages are exceptions instead.</summary>
/// <param name="Kind">Decides the status of the answer.</param>
/// <param name="Message">The sentence of the contract, punctuation included.</param>
public sealed record Error(ErrorKind Kind, string Message)
{
    /// <summary>With a broken uniqueness rule: the id of the living twin.</summary>
    public string? ExistingId { get; init; }

    /// <summary>With an attribute value in use: how many records use it.</summary>
    public long? UsageCount { get; init; }

    /// <summary>With an invalid request: every problem found, first one first.</summary>
    public IReadOnlyList<FieldError> Fields { get; init; } = [];

    /// <summary>A 400 with one sentence.</summary>
    public static Error Invalid(string message) => new(ErrorKind.Invalid, message);

    /// <summary>A 400 about members of the request; its message is that of the first.</summary>
    public static Error Invalid(IReadOnlyList<FieldError> fields) => new(ErrorKind.Invalid, fields[0].Message) { Fields = fields };

    /// <summary>What refuses a request: its problems, else another error; <see langword="null"/> when there are none.</summary>
    public static Error? FirstOf(IReadOnlyList<FieldError> problems, Error? otherwise) =>
        problems.Count > 0 ? Invalid(problems) : otherwise;

    /// <summary>A 404.</summary>
    public static Error NotFound(string message) => new(ErrorKind.NotFound, message);

    /// <summary>A 409.</summary>
    public static Error Conflict(string message) => new(ErrorKind.Conflict, message);
}

/// <summary>What sort of failure a caller has to expect; the Api maps each to one status.</summary>
public enum ErrorKind
{
    /// <summary>The request cannot be carried out as it was written (400).</summary>
    Invalid,

    /// <summary>The caller may not do this (403).</summary>
    Forbidden,

    /// <summary>Something that was named does not exist in the caller's organization (404).</summary>
    NotFound,

    /// <summary>A rule over several records would be broken (409).</summary>
    Conflict,
}

/// <summary>One problem of one member of a request.</summary>
/// <param name="Field">The member's path in JSON names, such as <c>accounts[3].name</c>.</param>
/// <param name="Message">One sentence that starts with the path.</param>
public sealed record FieldError(string Field, string Message);
