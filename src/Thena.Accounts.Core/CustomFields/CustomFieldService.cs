using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Patterns;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>Manages the organization's custom fields (contract: Custom fields).</summary>
public sealed class CustomFieldService(Records records, Writes writes)
{
    internal static readonly Error NotFound = Error.NotFound("Custom field not found!");

    /// <summary>Lists all fields of one kind of record, newest first.</summary>
    public async Task<IReadOnlyList<CustomFieldResponse>> ListOfSourceAsync(string source, CancellationToken cancellationToken) =>
        await records.ToListAsync(
            records.Of<CustomField>().Where(nameof(CustomField.Source), source),
            (field, _) => CustomFieldResponse.From(field),
            RecordOrder.Newest,
            cancellationToken);

    /// <summary>Reads a page of fields, newest first.</summary>
    public async Task<IReadOnlyList<CustomFieldResponse>> ListAsync(ListCustomFieldsQuery query, CancellationToken cancellationToken)
    {
        var skip = (decimal)(query.Page ?? 0) * query.Rows;
        if (skip > int.MaxValue)
        {
            return [];
        }

        var fields = records.Of<CustomField>();
        if (query.Source is not null)
        {
            fields.Where(nameof(CustomField.Source), query.Source);
        }

        if (query.TeamId is not null)
        {
            fields.Where(nameof(CustomField.TeamId), query.TeamId);
        }

        if (query.OnlyTeamFields == true)
        {
            fields.Where($"r.team_id is not null");
        }

        return await records.ToListAsync(
            fields, RecordOrder.Newest, (long)skip, query.Rows, (field, _) => CustomFieldResponse.From(field), cancellationToken);
    }

    /// <summary>Creates a field.</summary>
    public Task<Result<CustomFieldResponse>> CreateAsync(CreateCustomFieldRequest request, CancellationToken cancellationToken) =>
        writes.RunAsync<CustomFieldResponse>(
            unit =>
            {
                var field = unit.Stamp.New(new CustomField
                {
                    Name = request.Name.Value!.Trim(),
                    Source = request.Source.Value!,
                    FieldType = request.FieldType.Value!,
                });
                if (Apply(field, request, "") is { } problem)
                {
                    return Task.FromResult<Result<CustomFieldResponse>>(Error.Invalid([problem]));
                }

                unit.Insert(field);
                return Task.FromResult<Result<CustomFieldResponse>>(CustomFieldResponse.From(field));
            },
            cancellationToken,
            CustomFieldConfiguration.UniqueName);

    /// <summary>Updates fields: all of them, or none.</summary>
    public Task<Result<IReadOnlyList<CustomFieldResponse>>> UpdateAsync(
        UpdateCustomFieldsRequest request, CancellationToken cancellationToken) => writes.RunAsync<IReadOnlyList<CustomFieldResponse>>(
        async unit =>
        {
            var items = request.Fields ?? [];
            List<Ulid> ids = [.. items.Select(item => WireFormat.IdOrNone(item.FieldId.Value))];
            var found = unit.Lock(unit.Of<CustomField>().WhereAny(nameof(CustomField.Id), ids), RowLock.Change);
            await unit.SendAsync();
            var fieldOfId = found.ToDictionary(field => field.Id);
            if (!ids.TrueForAll(fieldOfId.ContainsKey))
            {
                return NotFound;
            }

            var fields = ids.ConvertAll(id => fieldOfId[id]);
            if (Apply(fields, items) is { } refusal)
            {
                return refusal;
            }

            foreach (var field in found.Where(unit.HasChanged))
            {
                field.Version++;
                unit.Update(field);
            }

            return fields.ConvertAll(CustomFieldResponse.From);
        },
        cancellationToken,
        CustomFieldConfiguration.UniqueName);

    /// <summary>Updates a field, whatever its version is.</summary>
    internal async Task<Result<CustomFieldResponse>> UpdateLatestAsync(
        Ulid id, CustomFieldUpdates updates, CancellationToken cancellationToken)
    {
        var field = await records.FirstOrDefaultAsync(
            records.Of<CustomField>().Where(nameof(CustomField.Id), id), (field, _) => CustomFieldResponse.From(field), cancellationToken);
        if (field is null)
        {
            return NotFound;
        }

        var item = new UpdateCustomFieldItem { FieldId = field.Uid, Version = field.Version, Updates = updates };
        var updated = await UpdateAsync(new UpdateCustomFieldsRequest { Fields = [item] }, cancellationToken);
        return updated.TryGetValue(out var fields, out var refusal) ? fields[0] : refusal;
    }

    /// <summary>Deletes fields: all of them, or none. Their stored values are no longer returned.</summary>
    /// <returns>The IDs of the deleted fields.</returns>
    public Task<Result<IReadOnlyList<string>>> DeleteAsync(DeleteCustomFieldsRequest request, CancellationToken cancellationToken) =>
        writes.RunAsync<IReadOnlyList<string>>(
            async unit =>
            {
                List<Ulid> ids = [.. (request.Fields ?? []).Select(item => WireFormat.IdOrNone(item.FieldId.Value)).Distinct()];
                var fields = unit.Lock(unit.Of<CustomField>().WhereAny(nameof(CustomField.Id), ids), RowLock.Delete);
                await unit.SendAsync();
                if (fields.Count < ids.Count)
                {
                    return NotFound;
                }

                foreach (var field in fields)
                {
                    unit.Delete(field);
                }

                return ids.ConvertAll(WireFormat.Id);
            },
            cancellationToken);

    private static Error? Apply(List<CustomField> fields, IReadOnlyList<UpdateCustomFieldItem> items)
    {
        List<FieldError> problems = [];
        for (var index = 0; index < items.Count; index++)
        {
            var (item, field) = (items[index], fields[index]);
            if (fields.IndexOf(field) < index)
            {
                problems.Add(new FieldError($"fields[{index}].fieldId", $"fields[{index}].fieldId names the same field twice"));
            }
            else if (item.Version.Value != field.Version)
            {
                return Error.Conflict($"The custom field {field.Name} has been changed meanwhile: its version is {field.Version}");
            }
            else if (Apply(field, item.Updates.Value!, $"fields[{index}].updates.") is { } problem)
            {
                problems.Add(problem);
            }
        }

        return problems.Count > 0 ? Error.Invalid(problems) : null;
    }

    private static FieldError? Apply(CustomField field, CustomFieldFields request, string path)
    {
        field.Name = request.Name.IsSet ? request.Name.Value!.Trim() : field.Name;
        field.FieldType = request.FieldType.IsSet ? request.FieldType.Value! : field.FieldType;
        field.Description = request.Description.IsSet ? StringNormalization.EmptyToNull(request.Description.Value) : field.Description;
        field.Options = request.Options.IsSet
            ? [.. (request.Options.Value ?? []).Select(option => option.Value).Distinct(StringComparer.Ordinal)]
            : field.Options;
        field.Metadata = field.Metadata.After(request.Metadata);
        field.PlaceholderText = request.PlaceholderText.IsSet
            ? StringNormalization.EmptyToNull(request.PlaceholderText.Value)
            : field.PlaceholderText;
        field.HintText = request.HintText.IsSet ? StringNormalization.EmptyToNull(request.HintText.Value) : field.HintText;
        field.DefaultValue = request.DefaultValue.IsSet ? StringNormalization.EmptyToNull(request.DefaultValue.Value) : field.DefaultValue;
        field.TeamId = request.TeamId.IsSet ? StringNormalization.TrimToNull(request.TeamId.Value) : field.TeamId;
        field.MandatoryOnClose = request.MandatoryOnClose.IsSet ? request.MandatoryOnClose.Value ?? false : field.MandatoryOnClose;
        field.MandatoryOnCreation = request.MandatoryOnCreation.IsSet
            ? request.MandatoryOnCreation.Value ?? false
            : field.MandatoryOnCreation;
        field.VisibleToCustomer = request.VisibleToCustomer.IsSet ? request.VisibleToCustomer.Value ?? false : field.VisibleToCustomer;
        field.EditableByCustomer = request.EditableByCustomer.IsSet ? request.EditableByCustomer.Value ?? false : field.EditableByCustomer;
        field.AutoAddToAllForms = request.AutoAddToAllForms.IsSet ? request.AutoAddToAllForms.Value ?? false : field.AutoAddToAllForms;
        field.IsActive = request.IsActive.IsSet ? request.IsActive.Value ?? true : field.IsActive;

        if (CustomFieldTypes.NeedsOptions(field.FieldType) && field.Options.Length == 0)
        {
            return new FieldError($"{path}options", $"{path}options is required for {field.FieldType}");
        }

        return field.FieldType == "regex"
            && FieldPattern.IsPresent(field.Metadata, out var pattern)
            && pattern is null
            ? new FieldError(
                $"{path}metadata.pattern",
                $"{path}metadata.pattern must be a regular expression of at most {FieldPattern.MaxLength} characters, without look-around "
                    + "and back-references, and without large repetitions")
            : null;
    }
}
