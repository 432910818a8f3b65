using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.ReferenceData;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Core.Attributes;

/// <summary>Finds the values of pick lists that requests name, and filters lists by them.</summary>
internal static class PickLists
{
    private static readonly ReferenceKey<AttributeValue> ByText =
        new([nameof(AttributeValue.Kind), nameof(AttributeValue.ValueKey)], value => (value.Kind, value.ValueKey));

    private static readonly ReferenceKey<AttributeValue> ByDefault =
        new([nameof(AttributeValue.Kind), nameof(AttributeValue.IsDefault)], value => (value.Kind, value.IsDefault));

    /// <summary>Returns the ID of the value of a list that a reference names by ID or text, or <see langword="null"/>.</summary>
    public static Ulid? FindValue(this References references, AttributeKind kind, string reference) =>
        WireFormat.TryParseId(reference, out var id) && references.Find<AttributeValue>(id) is { } value && value.Kind == kind
            ? id
            : references.Find(ByText, (kind, StringNormalization.Key(reference))) is [var named, ..] ? named.Id : null;

    /// <summary>Returns the ID of the default value of a list, or <see langword="null"/> if it has none.</summary>
    public static Ulid? FindDefault(this References references, AttributeKind kind) =>
        references.Find(ByDefault, (kind, true)) is [var value, ..] ? value.Id : null;

    /// <summary>
    /// Chooses the value of a record from a list that always has a default: the value named by the request, else the record's current
    /// value, else the default.
    /// </summary>
    /// <param name="references">The reference data.</param>
    /// <param name="kind">The list.</param>
    /// <param name="named">The reference in the request.</param>
    /// <param name="current">The ID of the current value; unset for a new record.</param>
    /// <param name="chosen">The ID of the chosen value.</param>
    /// <returns>The error (404) if the reference names no value, or <see langword="null"/>.</returns>
    public static Error? ChooseValue(
        this References references, AttributeKind kind, Optional<string?> named, Ulid current, out Ulid chosen)
    {
        var value = StringNormalization.TrimToNull(named.Value) is { } reference ? references.FindValue(kind, reference)
            : current == default ? references.FindDefault(kind)
            : null;
        chosen = value ?? current;
        return value is null && (named.IsSet || current == default) ? Error.NotFound(kind.NotFoundMessage()) : null;
    }

    /// <summary>Keeps the records with a pick list value in a property.</summary>
    /// <param name="query">The records.</param>
    /// <param name="property">The property.</param>
    /// <param name="kind">The pick list.</param>
    /// <param name="reference">The value's ID or text, as the client wrote it, or null for all records.</param>
    public static Query<T> WithValue<T>(this Query<T> query, string property, AttributeKind kind, string? reference)
        where T : TenantEntity
    {
        if (reference is null)
        {
            return query;
        }

        // An ID goes before an equal text.
        var (key, id) = (StringNormalization.Key(reference), WireFormat.IdOrNone(reference));
        return query.WhereValueOf(
            property,
            $"""
            select id from attribute_values where organization_id = $1 and kind = {kind.ToName()}
            and deleted_at is null and (value_key = {key} or id = {id}) order by id = {id} desc limit 1
            """);
    }
}
