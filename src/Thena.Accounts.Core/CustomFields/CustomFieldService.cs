using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The organization's definitions of custom fields (contract: Custom fields).</summary>
public sealed class CustomFieldService(AccountsDbContext context, TimeProvider time)
{
    internal static readonly Error NotFound = Error.NotFound("Custom field not found!");

    /// <summary>All fields of one sort of record, newest first.</summary>
    public async Task<IReadOnlyList<CustomFieldResponse>> ListOfSourceAsync(string source, CancellationToken cancellationToken) =>
        await context.CustomFields.Where(field => field.Source == source).OrderByDescending(field => field.Id)
            .Select(CustomFieldResponse.Projection).ToListAsync(cancellationToken);

    /// <summary>A page of fields, newest first.</summary>
    public async Task<IReadOnlyList<CustomFieldResponse>> ListAsync(ListCustomFieldsQuery query, CancellationToken cancellationToken)
    {
        var skip = (decimal)(query.Page ?? 0) * query.Rows;
        if (skip > int.MaxValue)
        {
            return [];
        }

        var fields = context.CustomFields.AsQueryable();
        fields = query.Source is null ? fields : fields.Where(field => field.Source == query.Source);
        fields = query.TeamId is null ? fields : fields.Where(field => field.TeamId == query.TeamId);
        fields = query.OnlyTeamFields == true ? fields.Where(field => field.TeamId != null) : fields;
        return await fields.OrderByDescending(field => field.Id).Skip((int)skip).Take(query.Rows)
            .Select(CustomFieldResponse.Projection).ToListAsync(cancellationToken);
    }

    /// <summary>Creates a field.</summary>
    public async Task<Result<CustomFieldResponse>> CreateAsync(CreateCustomFieldRequest request, CancellationToken cancellationToken)
    {
        var field = new CustomField { Name = "", Source = request.Source.Value!, FieldType = "" };
        if (Apply(field, request, "") is { } problem)
        {
            return Error.Invalid([problem]);
        }

        context.Add(field);
        return await SaveAsync([field], cancellationToken) is { } error ? error : CustomFieldResponse.Of(field);
    }

    /// <summary>Changes fields: all, or none.</summary>
    public async Task<Result<IReadOnlyList<CustomFieldResponse>>> UpdateAsync(UpdateCustomFieldsRequest request, CancellationToken cancellationToken)
    {
        var items = request.Fields ?? [];
        if (await LoadAsync(items.Select(item => item.FieldId.Value), cancellationToken) is not { } fields)
        {
            return NotFound;
        }

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

        if (problems.Count > 0)
        {
            return Error.Invalid(problems);
        }

        foreach (var field in fields.Where(field => context.Entry(field).State == EntityState.Modified))
        {
            field.Version++;
        }

        return await SaveAsync(fields, cancellationToken) is { } error ? error : fields.ConvertAll(CustomFieldResponse.Of.Invoke);
    }

    /// <summary>Deletes fields: all, or none. What records keep of their values is no longer shown.</summary>
    /// <returns>The ids of the fields deleted.</returns>
    public async Task<Result<IReadOnlyList<string>>> DeleteAsync(DeleteCustomFieldsRequest request, CancellationToken cancellationToken)
    {
        var now = time.Now();
        List<Ulid> ids = [.. (request.Fields ?? []).Select(item => WireFormat.IdOrNone(item.FieldId.Value)).Distinct()];
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var deleted = await context.CustomFields.Where(field => ids.Contains(field.Id)).SoftDeleteAsync(now, cancellationToken);
        if (deleted < ids.Count)
        {
            return NotFound;
        }

        await transaction.CommitAsync(cancellationToken);
        return ids.ConvertAll(WireFormat.Id);
    }

    private async Task<List<CustomField>?> LoadAsync(IEnumerable<string?> references, CancellationToken cancellationToken)
    {
        List<Ulid> ids = [.. references.Select(reference => WireFormat.IdOrNone(reference))];
        var found = await context.CustomFields.AsTracking().Where(field => ids.Contains(field.Id)).ToDictionaryAsync(field => field.Id, cancellationToken);
        return ids.TrueForAll(found.ContainsKey) ? ids.ConvertAll(id => found[id]) : null;
    }

    private static FieldError? Apply(CustomField field, CustomFieldFields request, string path)
    {
        field.Name = request.Name.IsSet ? request.Name.Value!.Trim() : field.Name;
        field.FieldType = request.FieldType.IsSet ? request.FieldType.Value! : field.FieldType;
        field.Description = request.Description.IsSet ? StringNormalization.EmptyToNull(request.Description.Value) : field.Description;
        field.Options = request.Options.IsSet ? [.. (request.Options.Value ?? []).Select(option => option.Value).Distinct(StringComparer.Ordinal)] : field.Options;
        field.Metadata = field.Metadata.After(request.Metadata);
        field.PlaceholderText = request.PlaceholderText.IsSet ? StringNormalization.EmptyToNull(request.PlaceholderText.Value) : field.PlaceholderText;
        field.HintText = request.HintText.IsSet ? StringNormalization.EmptyToNull(request.HintText.Value) : field.HintText;
        field.DefaultValue = request.DefaultValue.IsSet ? StringNormalization.EmptyToNull(request.DefaultValue.Value) : field.DefaultValue;
        field.TeamId = request.TeamId.IsSet ? StringNormalization.TrimToNull(request.TeamId.Value) : field.TeamId;
        field.MandatoryOnClose = request.MandatoryOnClose.IsSet ? request.MandatoryOnClose.Value ?? false : field.MandatoryOnClose;
        field.MandatoryOnCreation = request.MandatoryOnCreation.IsSet ? request.MandatoryOnCreation.Value ?? false : field.MandatoryOnCreation;
        field.VisibleToCustomer = request.VisibleToCustomer.IsSet ? request.VisibleToCustomer.Value ?? false : field.VisibleToCustomer;
        field.EditableByCustomer = request.EditableByCustomer.IsSet ? request.EditableByCustomer.Value ?? false : field.EditableByCustomer;
        field.AutoAddToAllForms = request.AutoAddToAllForms.IsSet ? request.AutoAddToAllForms.Value ?? false : field.AutoAddToAllForms;
        field.IsActive = request.IsActive.IsSet ? request.IsActive.Value ?? true : field.IsActive;

        if (CustomFieldTypes.NeedsOptions(field.FieldType) && field.Options.Length == 0)
        {
            return new FieldError($"{path}options", $"{path}options is required for {field.FieldType}");
        }

        return field.FieldType == "regex" && CustomFieldKindRules.HasPattern(field.Metadata) && CustomFieldKindRules.Pattern(field.Metadata) is null
            ? new FieldError($"{path}metadata.pattern", $"{path}metadata.pattern must be a regular expression without look-around and back-references")
            : null;
    }

    private async Task<Error?> SaveAsync(List<CustomField> fields, CancellationToken cancellationToken)
    {
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Error.Conflict("A custom field has been changed meanwhile");
        }
        catch (DbUpdateException exception) when (exception.IsDuplicate(out var index) && index == CustomFieldConfiguration.UniqueName)
        {
            var ids = fields.ConvertAll(field => field.Id);
            var names = fields.ConvertAll(field => field.NameKey);
            var twin = await context.CustomFields
                .Where(field => names.Contains(field.NameKey) && field.Source == fields[0].Source && !ids.Contains(field.Id))
                .Select(field => (Ulid?)field.Id).FirstOrDefaultAsync(cancellationToken);
            return Error.Conflict("A custom field with this name already exists!") with { ExistingId = WireFormat.IdOrNull(twin) };
        }
    }
}
