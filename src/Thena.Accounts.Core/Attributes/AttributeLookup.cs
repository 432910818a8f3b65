using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Attributes;

/// <summary>Finds the attribute values that a request names by id or by value, and the defaults for those it does not name.</summary>
internal sealed class AttributeLookup
{
    private readonly IReadOnlyList<AttributeValue> _found;
    private readonly Lazy<Dictionary<(AttributeKind, string), AttributeValue>> _byReference;
    private readonly Lazy<Dictionary<AttributeKind, AttributeValue>> _defaults;

    /// <summary>Adds the query to a batch. The values found cannot be deleted until the transaction ends.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="context">The database.</param>
    /// <param name="kinds">The lists to look in; their defaults are found in any case.</param>
    /// <param name="references">Ids or values, as the client wrote them.</param>
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

    /// <summary>The value of a list that a reference names; <see langword="null"/> when it names none.</summary>
    public AttributeValue? Find(AttributeKind kind, string reference) =>
        _byReference.Value.GetValueOrDefault((kind, StringNormalization.Key(reference)));

    /// <summary>
    /// The value that a record gets of a list that always has a default: the one named, else the one it has, else the default.
    /// </summary>
    /// <param name="kind">The list.</param>
    /// <param name="named">What the request says.</param>
    /// <param name="current">What the record has; none when it is new.</param>
    /// <param name="chosen">The value.</param>
    /// <returns>The 404 of a name that names nothing.</returns>
    public Error? Choose(AttributeKind kind, Optional<string?> named, Ulid current, out Ulid chosen)
    {
        var value = StringNormalization.TrimToNull(named.Value) is { } reference ? Find(kind, reference)
            : current == default ? Default(kind)
            : null;
        chosen = value?.Id ?? current;
        return value is null && (named.IsSet || current == default) ? Error.NotFound(kind.NotFoundMessage()) : null;
    }

    /// <summary>The default of a list, if it has one.</summary>
    public AttributeValue? Default(AttributeKind kind) => _defaults.Value.GetValueOrDefault(kind);
}
