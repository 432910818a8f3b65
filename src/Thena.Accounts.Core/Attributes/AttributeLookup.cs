using System.Data.Common;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Attributes;

/// <summary>Finds the attribute values that a request names by ID or by value, and the default values of the lists.</summary>
internal sealed class AttributeLookup
{
    private readonly IReadOnlyList<AttributeMatch> _found;
    private readonly Lazy<Dictionary<(AttributeKind, string), AttributeMatch>> _byReference;
    private readonly Lazy<Dictionary<AttributeKind, AttributeMatch>> _defaults;

    /// <summary>Adds the query to a batch. The values found cannot be deleted until the transaction ends.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="context">The database.</param>
    /// <param name="kinds">The lists to search. Their default values are always found.</param>
    /// <param name="references">IDs or values, as the client wrote them.</param>
    public AttributeLookup(
        QueryBatch batch, AccountsDbContext context, IReadOnlyCollection<AttributeKind> kinds, IEnumerable<string?> references)
    {
        HashSet<string> named = [.. references.OfType<string>()];
        var ids = WireFormat.ParseIds(named);
        HashSet<string> keys = [.. named.Select(StringNormalization.Key)];
        var names = kinds.Select(kind => kind.ToName());
        var organization = context.OrganizationId;
        var locked = batch.AddIds(
            $"""
            select id from attribute_values
            where organization_id = {organization} and deleted_at is null and kind = any({names})
                and (is_default or id = any({ids}) or value_key = any({keys}))
            order by id for key share
            """);
        _found = batch.Add(
            $"""
            select id, kind, value_key, is_default from attribute_values
            where organization_id = {organization} and deleted_at is null and kind = any({names})
                and (is_default or id = any({ids}) or value_key = any({keys}))
            """,
            AttributeMatch.Read);
        batch.ExpectLocked(locked, _found, value => value.Id);
        _byReference = new(() =>
        {
            var found = _found.ToDictionary(value => (value.Kind, value.Key));
            foreach (var value in _found)
            {
                found[(value.Kind, StringNormalization.Key(value.Id.ToString()))] = value;
            }

            return found;
        });
        _defaults = new(() => _found.Where(value => value.IsDefault).ToDictionary(value => value.Kind));
    }

    /// <summary>Returns the value of a list that a reference names, or <see langword="null"/> if it names none.</summary>
    public AttributeMatch? Find(AttributeKind kind, string reference) =>
        _byReference.Value.GetValueOrDefault((kind, StringNormalization.Key(reference)));

    /// <summary>
    /// Chooses the value of a record from a list that always has a default: the value named by the request, else the record's current
    /// value, else the default.
    /// </summary>
    /// <param name="kind">The list.</param>
    /// <param name="named">The reference in the request.</param>
    /// <param name="current">The ID of the current value; unset for a new record.</param>
    /// <param name="chosen">The ID of the chosen value.</param>
    /// <returns>The error (404) if the reference names no value, or <see langword="null"/>.</returns>
    public Error? Choose(AttributeKind kind, Optional<string?> named, Ulid current, out Ulid chosen)
    {
        var value = StringNormalization.TrimToNull(named.Value) is { } reference ? Find(kind, reference)
            : current == default ? Default(kind)
            : null;
        chosen = value?.Id ?? current;
        return value is null && (named.IsSet || current == default) ? Error.NotFound(kind.NotFoundMessage()) : null;
    }

    /// <summary>Returns the default value of a list, or <see langword="null"/> if it has none.</summary>
    public AttributeMatch? Default(AttributeKind kind) => _defaults.Value.GetValueOrDefault(kind);
}

/// <summary>A pick list value that a request names, or the default of its list.</summary>
/// <param name="Id">The value's ID.</param>
/// <param name="Kind">The list.</param>
/// <param name="Key">The text of the value in the form in which it is compared.</param>
/// <param name="IsDefault">Whether it is the default.</param>
internal sealed record AttributeMatch(Ulid Id, AttributeKind Kind, string Key, bool IsDefault)
{
    /// <summary>Reads a row.</summary>
    public static AttributeMatch Read(DbDataReader reader) => new(
        new Ulid(reader.GetGuid(0)),
        AttributeValueConfiguration.ParseKind(reader.GetString(1)),
        reader.GetString(2),
        reader.GetBoolean(3));
}
