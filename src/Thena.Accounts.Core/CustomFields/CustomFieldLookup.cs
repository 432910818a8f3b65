using System.Text;
using System.Text.Json;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;
using Thena.Accounts.Postgres.ReferenceData;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>Finds the custom fields that a request gives values for, and checks the values against them.</summary>
/// <param name="unit">The unit that writes the records. Copies and updates that add to lists have rules of their own.</param>
/// <param name="source">The kind of record, see <see cref="CustomFieldSource"/>.</param>
internal sealed class CustomFieldLookup(Unit unit, string source)
{
    private static readonly ReferenceKey<CustomField> Mandatory = new(
        [nameof(CustomField.Source), nameof(CustomField.IsActive), nameof(CustomField.MandatoryOnCreation)],
        field => (field.Source, field.IsActive, field.MandatoryOnCreation));

    private readonly PatternWork _patternWork = new();

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
            unit.AddsToLists
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
            if (!WireFormat.TryParseId(value.Reference, out var id) || unit.References.Find<CustomField>(id) is not { } field)
            {
                missing = true;
            }
            else if (!seen.Add(id))
            {
                problems.Add(new FieldError(place, $"{place} names the same field twice"));
            }
            else if (field.Source != source || !(field.IsActive || unit.IsCopy))
            {
                problems.Add(new FieldError(place, $"{place} names a field that is not an active field of this kind of record"));
            }
            else if (value.EffectiveData is { Kind: not JsonValueKind.Null } data)
            {
                // A copied value may be older than the definition. It stays what it is, as it does when a definition is changed.
                if (!unit.IsCopy && CustomFieldTypeRules.Check(field, data, _patternWork) is { } problem)
                {
                    problems.Add(new FieldError($"{place}.data", $"{place}.data {problem}"));
                }

                kept.Add(new CheckedValue(field, kept.Count, data, RawJson.ObjectOrEmpty(value.Metadata.Value)));
            }
        }

        // A copied record keeps the values it has.
        if (!unit.IsCopy && kept.Sum(value => SizeOf(value.Data) + SizeOf(value.Metadata)) > RequestRules.CustomFieldValuesMaxBytes)
        {
            const string Problem = "must not be larger than 1 MB in all";
            problems.Add(new FieldError($"{path}customFieldValues", $"{path}customFieldValues {Problem}"));
        }

        // A copied record may be older than the field.
        if (isNew && !unit.IsCopy)
        {
            var mandatory = unit.References.Find(Mandatory, (source, true, true));
            foreach (var field in mandatory.Where(field => kept.TrueForAll(value => value.Field != field)))
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
