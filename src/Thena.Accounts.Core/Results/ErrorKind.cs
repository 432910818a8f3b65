namespace Thena.Accounts.Core.Results;

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
