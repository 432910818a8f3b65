using System.Text.Json;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>Finds the fields that values are given for, and checks the values against them.</summary>
internal sealed class CustomFieldLookup
{
    private readonly string _source;
    private readonly IReadOnlyList<CustomField> _found;
    private readonly Lazy<Dictionary<Ulid, CustomField>> _byId;
    private readonly Lazy<CustomField[]> _mandatory;

    /// <summary>Adds the query to a batch; definitions found are held until the transaction ends.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="context">The database.</param>
    /// <param name="source">The sort of record, see <see cref="CustomFieldSource"/>.</param>
    /// <param name="values">All values that are given.</param>
    public CustomFieldLookup(QueryBatch batch, AccountsDbContext context, string source, IEnumerable<CustomFieldValueInput> values)
    {
        var ids = WireFormat.ParseIds(values.Select(value => value.Reference));
        _source = source;
        _found = batch.Add(
            context.CustomFields.Where(
                field => ids.Contains(field.Id)
                    || (field.Source == source && field.IsActive && field.MandatoryOnCreation)).OrderBy(field => field.Id),
            RowLock.Share);
        _byId = new(() => _found.ToDictionary(field => field.Id));
        _mandatory = new(() => [.. _found.Where(field => field.Source == _source && field.IsActive && field.MandatoryOnCreation)]);
    }

    /// <summary>Checks the values of one record and makes them its own.</summary>
    /// <param name="values">The record's values, loaded.</param>
    /// <param name="given">The values that a request gives; when it says nothing of them, only a new record is looked at.</param>
    /// <param name="isNew">Whether the record is being created, so that mandatory fields have to be there.</param>
    /// <param name="path">The path of the record in the request, such as <c>accounts[3].</c>, or empty.</param>
    /// <param name="problems">Gets what is wrong.</param>
    /// <param name="create">Makes a value of the record.</param>
    /// <returns>The 404 of a field that does not exist.</returns>
    public Error? Apply<TValue>(
        List<TValue> values,
        Optional<IReadOnlyList<CustomFieldValueInput>?> given,
        bool isNew,
        string path,
        List<FieldError> problems,
        Func<CheckedValue, TValue> create)
        where TValue : CustomFieldValue
    {
        if (!given.IsSet && !isNew)
        {
            return null;
        }

        var missing = false;
        CustomFieldValue.Replace(values, [.. Check(given.Value, isNew, path, problems, ref missing).Select(create)]);
        return missing ? CustomFieldService.NotFound : null;
    }

    private List<CheckedValue> Check(
        IReadOnlyList<CustomFieldValueInput>? values, bool isNew, string path, List<FieldError> problems, ref bool missing)
    {
        List<CheckedValue> kept = [];
        HashSet<Ulid> seen = [];
        for (var index = 0; index < (values?.Count ?? 0); index++)
        {
            var value = values![index];
            var place = $"{path}customFieldValues[{index}]";
            if (!WireFormat.TryParseId(value.Reference, out var id) || !_byId.Value.TryGetValue(id, out var field))
            {
                missing = true;
            }
            else if (!seen.Add(id))
            {
                problems.Add(new FieldError(place, $"{place} names the same field twice"));
            }
            else if (field.Source != _source || !field.IsActive)
            {
                problems.Add(new FieldError(place, $"{place} names a field that is not an active field of this kind of record"));
            }
            else if (value.Given is { Kind: not JsonValueKind.Null } data)
            {
                if (CustomFieldKindRules.Check(field, data) is { } problem)
                {
                    problems.Add(new FieldError($"{place}.data", $"{place}.data {problem}"));
                }

                kept.Add(new CheckedValue(field, kept.Count, data, RawJson.ObjectOrEmpty(value.Metadata.Value)));
            }
        }

        if (isNew)
        {
            foreach (var field in _mandatory.Value.Where(field => kept.TrueForAll(value => value.Field != field)))
            {
                problems.Add(new FieldError($"{path}customFieldValues", $"{path}customFieldValues needs a value for {field.Name}"));
            }
        }

        return kept;
    }

    /// <summary>A value that is right for its field.</summary>
    public sealed record CheckedValue(CustomField Field, int Position, RawJson Data, RawJson Metadata);
}
