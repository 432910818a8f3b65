using System.Text;
using System.Text.Json;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>Finds the custom fields that a request gives values for, and checks the values against them.</summary>
internal sealed class CustomFieldLookup
{
    private readonly string _source;
    private readonly IReadOnlyList<CustomField> _found;
    private readonly Lazy<Dictionary<Ulid, CustomField>> _byId;
    private readonly Lazy<CustomField[]> _mandatory;
    private readonly bool _isCopy;
    private readonly bool _addsToLists;
    private readonly PatternWork _patternWork = new();

    /// <summary>
    /// Adds the query to a batch, unless it can find nothing. The fields found cannot change until the transaction ends.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="context">The database.</param>
    /// <param name="source">The kind of record, see <see cref="CustomFieldSource"/>.</param>
    /// <param name="values">All values that the request gives.</param>
    /// <param name="needsMandatory">Whether mandatory fields are needed, because records are created.</param>
    public CustomFieldLookup(
        QueryBatch batch, AccountsDbContext context, string source, IEnumerable<CustomFieldValueInput> values, bool needsMandatory)
    {
        var ids = WireFormat.ParseIds(values.Select(value => value.Reference));
        _source = source;
        _isCopy = context.Origin.IsCopy;
        _addsToLists = context.Origin.AddsToLists;
        _found = ids.Count == 0 && (!needsMandatory || batch.References?.HasFields(source) == false)
            ? []
            : batch.AddUntracked<CustomField>(
                $"""
                where organization_id = {context.OrganizationId} and deleted_at is null
                    and (id = any({ids}) or ({needsMandatory} and source = {source} and is_active and mandatory_on_creation))
                order by id for share
                """);
        _byId = new(() => _found.ToDictionary(field => field.Id));
        _mandatory = new(() => [.. _found.Where(field => field.Source == _source && field.IsActive && field.MandatoryOnCreation)]);
    }

    /// <summary>
    /// Checks the given values, and replaces the values of a record with them. In a scope that adds to lists, values of fields that are not
    /// given stay as they are.
    /// </summary>
    /// <param name="values">The record's values, which must be loaded.</param>
    /// <param name="given">The values that the request gives. If they are absent, an existing record keeps its values.</param>
    /// <param name="isNew">Whether the record is being created, so that mandatory fields need a value.</param>
    /// <param name="path">The path of the record in the request, such as <c>accounts[3].</c>, or empty.</param>
    /// <param name="problems">Receives the problems found.</param>
    /// <param name="create">Creates the record's value from a checked one.</param>
    /// <returns>The error (404) if a field does not exist, or <see langword="null"/>.</returns>
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
        var kept = Check(given.Value, isNew, path, problems, ref missing);
        CustomFieldValue.Replace(
            values,
            _addsToLists
                ? Add(values, WireFormat.ParseIds((given.Value ?? []).Select(value => value.Reference)), kept, create)
                : [.. kept.Select(create)]);
        return missing ? CustomFieldService.NotFound : null;
    }

    /// <summary>Returns the values of a record of fields that are not named, and then the given ones.</summary>
    private static List<TValue> Add<TValue>(
        List<TValue> values, IReadOnlyCollection<Ulid> named, List<CheckedValue> given, Func<CheckedValue, TValue> create)
        where TValue : CustomFieldValue
    {
        var next = values.Count == 0 ? 0 : values.Max(value => value.Position) + 1;
        return
        [
            .. values.Where(value => !named.Contains(value.CustomFieldId)),
            .. given.Select(value => create(value with
            {
                Position = values.Find(existing => existing.CustomFieldId == value.Field.Id)?.Position ?? next++,
            })),
        ];
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
            else if (field.Source != _source || !(field.IsActive || _isCopy))
            {
                problems.Add(new FieldError(place, $"{place} names a field that is not an active field of this kind of record"));
            }
            else if (value.EffectiveData is { Kind: not JsonValueKind.Null } data)
            {
                // A copied value may be older than the definition. It stays what it is, as it does when a definition is changed.
                if (!_isCopy && CustomFieldTypeRules.Check(field, data, _patternWork) is { } problem)
                {
                    problems.Add(new FieldError($"{place}.data", $"{place}.data {problem}"));
                }

                kept.Add(new CheckedValue(field, kept.Count, data, RawJson.ObjectOrEmpty(value.Metadata.Value)));
            }
        }

        // A copied record keeps the values it has.
        if (!_isCopy && kept.Sum(value => SizeOf(value.Data) + SizeOf(value.Metadata)) > RequestRules.CustomFieldValuesMaxBytes)
        {
            const string Problem = "must not be larger than 1 MB in all";
            problems.Add(new FieldError($"{path}customFieldValues", $"{path}customFieldValues {Problem}"));
        }

        // A copied record may be older than the field.
        if (isNew && !_isCopy)
        {
            foreach (var field in _mandatory.Value.Where(field => kept.TrueForAll(value => value.Field != field)))
            {
                problems.Add(new FieldError($"{path}customFieldValues", $"{path}customFieldValues needs a value for {field.Name}"));
            }
        }

        return kept;
    }

    private static long SizeOf(RawJson json) => Encoding.UTF8.GetByteCount(json.Text);

    /// <summary>A value that has been checked against its field.</summary>
    public sealed record CheckedValue(CustomField Field, int Position, RawJson Data, RawJson Metadata);
}
