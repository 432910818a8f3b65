using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The value of a custom field.</summary>
public sealed record CustomFieldValueResponse
{
    /// <summary>The field's ID.</summary>
    public required string CustomFieldId { get; init; }

    /// <summary>The value, as it was written.</summary>
    /// <example>"gold"</example>
    public required RawJson Data { get; init; }

    /// <summary>Your own data about the value.</summary>
    public required RawJson Metadata { get; init; }

    /// <summary>Makes the responses from the values of a record. Values of deleted fields are left out.</summary>
    internal static IReadOnlyList<CustomFieldValueResponse> From(IReadOnlyCollection<CustomFieldValue> values, References references) =>
        values.Count == 0 ? [] : FromAll(values, references);

    private static IReadOnlyList<CustomFieldValueResponse> FromAll(IEnumerable<CustomFieldValue> values, References references) =>
    [
        .. values.OrderBy(value => value.Position)
            .Where(value => references.Get<CustomField>(value.CustomFieldId) is not null)
            .Select(value => new CustomFieldValueResponse
            {
                CustomFieldId = WireFormat.Id(value.CustomFieldId),
                Data = value.Data,
                Metadata = value.Metadata,
            }),
    ];
}
