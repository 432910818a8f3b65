using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Attributes;

/// <summary>Finds the attribute values that a request names by ID or by value, and the default values of the lists.</summary>
internal sealed class AttributeLookup
{
    private readonly Func<AttributeKind, string, Ulid?> _find;
    private readonly Func<AttributeKind, Ulid?> _findDefault;

    /// <summary>
    /// Adds the query to a batch, unless the batch has reference data. The values found cannot be deleted until the transaction ends.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="context">The database.</param>
    /// <param name="kinds">The lists to search.</param>
    /// <param name="references">IDs or values, as the client wrote them.</param>
    /// <param name="needsDefaults">Whether the default values of the lists are needed.</param>
    public AttributeLookup(
        QueryBatch batch,
        AccountsDbContext context,
        IReadOnlyCollection<AttributeKind> kinds,
        IEnumerable<string?> references,
        bool needsDefaults)
    {
        if (batch.References is { } data)
        {
            _find = (kind, reference) => ToId(
                (WireFormat.TryParseId(reference, out var id) ? data.FindValue(kind.ToName(), id.ToGuid()) : null)
                    ?? data.FindValue(kind.ToName(), StringNormalization.Key(reference)));
            _findDefault = kind => ToId(data.FindDefault(kind.ToName()));
            return;
        }

        HashSet<string> named = [.. references.Select(StringNormalization.TrimToNull).OfType<string>()];
        if (named.Count == 0 && !needsDefaults)
        {
            _find = (_, _) => null;
            _findDefault = _ => null;
            return;
        }

        var ids = WireFormat.ParseIds(named);
        HashSet<string> keys = [.. named.Select(StringNormalization.Key)];
        var names = kinds.Select(kind => kind.ToName());
        var organization = context.OrganizationId;
        var locked = batch.AddIds(
            $"""
            select id from attribute_values
            where organization_id = {organization} and deleted_at is null and kind = any({names})
                and (is_default and {needsDefaults} or id = any({ids}) or value_key = any({keys}))
            order by id for key share
            """);
        var found = batch.Add(
            $"""
            select id, kind, value_key, is_default from attribute_values
            where organization_id = {organization} and deleted_at is null and kind = any({names})
                and (is_default and {needsDefaults} or id = any({ids}) or value_key = any({keys}))
            """,
            reader => new Match(
                new Ulid(reader.GetGuid(0)),
                AttributeValueConfiguration.ParseKind(reader.GetString(1)),
                reader.GetString(2),
                reader.GetBoolean(3)));
        batch.ExpectLocked(locked, found, value => value.Id);
        Lazy<Dictionary<(AttributeKind, string), Ulid>> byReference = new(() =>
        {
            var values = found.ToDictionary(value => (value.Kind, value.Key), value => value.Id);
            foreach (var value in found)
            {
                values[(value.Kind, StringNormalization.Key(value.Id.ToString()))] = value.Id;
            }

            return values;
        });
        Lazy<Dictionary<AttributeKind, Ulid>> defaults =
            new(() => found.Where(value => value.IsDefault).ToDictionary(value => value.Kind, value => value.Id));
        _find = (kind, reference) => byReference.Value.TryGetValue((kind, StringNormalization.Key(reference)), out var id) ? id : null;
        _findDefault = kind => defaults.Value.TryGetValue(kind, out var id) ? id : null;
    }

    /// <summary>Returns the ID of the value of a list that a reference names, or <see langword="null"/> if it names none.</summary>
    public Ulid? Find(AttributeKind kind, string reference) => _find(kind, reference);

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
        chosen = value ?? current;
        return value is null && (named.IsSet || current == default) ? Error.NotFound(kind.NotFoundMessage()) : null;
    }

    /// <summary>Returns the ID of the default value of a list, or <see langword="null"/> if it has none.</summary>
    public Ulid? Default(AttributeKind kind) => _findDefault(kind);

    private static Ulid? ToId(Guid? id) => id is { } value ? new Ulid(value) : null;

    private sealed record Match(Ulid Id, AttributeKind Kind, string Key, bool IsDefault);
}
