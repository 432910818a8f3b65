using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Attributes;

/// <summary>Finds the attribute values that a request names by ID or by value, and the default values of the lists.</summary>
internal sealed class AttributeLookup
{
    private readonly IReadOnlyList<AttributeValue> _found;
    private readonly Lazy<Dictionary<(AttributeKind, string), AttributeValue>> _byReference;
    private readonly Lazy<Dictionary<AttributeKind, AttributeValue>> _defaults;

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
        _found = batch.AddLockedFirst(
            context.AttributeValues
                .Where(value => kinds.Contains(value.Kind) && (value.IsDefault || ids.Contains(value.Id) || keys.Contains(value.ValueKey)))
                .OrderBy(value => value.Id),
            RowLock.KeyShare);
        _byReference = new(() =>
        {
            var found = _found.ToDictionary(value => (value.Kind, value.ValueKey));
            foreach (var value in _found)
            {
                found[(value.Kind, StringNormalization.Key(value.Id.ToString()))] = value;
            }

            return found;
        });
        _defaults = new(() => _found.Where(value => value.IsDefault).ToDictionary(value => value.Kind));
    }

    /// <summary>Returns the value of a list that a reference names, or <see langword="null"/> if it names none.</summary>
    public AttributeValue? Find(AttributeKind kind, string reference) =>
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
    public AttributeValue? Default(AttributeKind kind) => _defaults.Value.GetValueOrDefault(kind);
}
