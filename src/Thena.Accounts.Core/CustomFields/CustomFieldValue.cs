using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The value that a record keeps for a custom field. Part of its record: keyed by it, and gone with it.</summary>
public abstract class CustomFieldValue : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; private set; }

    /// <summary>The field.</summary>
    public required Ulid CustomFieldId { get; init; }

    /// <summary>See <see cref="CustomFieldId"/>.</summary>
    public CustomField? CustomField { get; private set; }

    /// <summary>Its place among the record's values, from 0.</summary>
    public required int Position { get; set; }

    /// <summary>The value, as it was written.</summary>
    public required RawJson Data { get; set; }

    /// <summary>The client's own data about the value, a JSON object.</summary>
    public required RawJson Metadata { get; set; }

    /// <summary>Makes a record's values those that are given; what stays the same is not touched.</summary>
    internal static void Replace<TValue>(List<TValue> values, IReadOnlyList<TValue> given)
        where TValue : CustomFieldValue
    {
        values.RemoveAll(value => !given.Any(other => other.CustomFieldId == value.CustomFieldId));
        foreach (var value in given)
        {
            if (values.Find(other => other.CustomFieldId == value.CustomFieldId) is { } kept)
            {
                (kept.Position, kept.Data, kept.Metadata) = (value.Position, value.Data, value.Metadata);
            }
            else
            {
                values.Add(value);
            }
        }
    }
}
