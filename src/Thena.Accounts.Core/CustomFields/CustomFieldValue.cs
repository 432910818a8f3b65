using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The value of a custom field for a record. It is part of the record: keyed by it, and deleted with it.</summary>
public abstract class CustomFieldValue : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; private set; }

    /// <summary>The ID of the custom field.</summary>
    public required Ulid CustomFieldId { get; init; }

    /// <summary>The custom field.</summary>
    public CustomField? CustomField { get; private set; }

    /// <summary>The position among the record's values, from 0.</summary>
    public required int Position { get; set; }

    /// <summary>The value, as it was written.</summary>
    public required RawJson Data { get; set; }

    /// <summary>The client's own data about the value, a JSON object.</summary>
    public required RawJson Metadata { get; set; }

    /// <summary>Replaces a record's values with the given ones. Updates values of the same field in place.</summary>
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
