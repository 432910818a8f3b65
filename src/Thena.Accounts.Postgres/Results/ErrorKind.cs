namespace Thena.Accounts.Postgres.Results;

/// <summary>The kind of an expected failure. The API maps each kind to one HTTP status.</summary>
public enum ErrorKind
{
    /// <summary>The request is invalid (400).</summary>
    Invalid,

    /// <summary>Something that the request refers to does not exist in the caller's organization (404).</summary>
    NotFound,

    /// <summary>A rule about several records would be violated (409).</summary>
    Conflict,

    /// <summary>What the request refers to was there once, but is no longer kept (410).</summary>
    Gone,

    /// <summary>The caller has too many requests open at once (429).</summary>
    TooMany,

    /// <summary>The record has changed since the client read it (412).</summary>
    VersionChanged,

    /// <summary>The request contradicts an earlier one with the same idempotency key (422).</summary>
    KeyReused,
}
