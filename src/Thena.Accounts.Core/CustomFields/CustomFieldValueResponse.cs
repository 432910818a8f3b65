using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The value that a record keeps for a custom field.</summary>
public sealed record CustomFieldValueResponse
{
    /// <summary>The field.</summary>
    public required string CustomFieldId { get; init; }

    /// <summary>The value, as it was given.</summary>
    public required RawJson Data { get; init; }

    /// <summary>The client's own data about the value.</summary>
    public required RawJson Metadata { get; init; }
}
