using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The fields of a custom field definition that clients can set.</summary>
public abstract record CustomFieldFields
{
    /// <summary>The field's name, unique among the fields of its source regardless of case.</summary>
    /// <example>Contract tier</example>
    public Optional<string?> Name { get; init; }

    /// <summary>The type of the values.</summary>
    /// <example>single_choice</example>
    public Optional<string?> FieldType { get; init; }

    /// <summary>A free-text description of the field.</summary>
    /// <example>What the customer has signed.</example>
    public Optional<string?> Description { get; init; }

    /// <summary>The options. Required for choice types.</summary>
    /// <example>["gold", "silver"]</example>
    public Optional<IReadOnlyList<CustomFieldOption>?> Options { get; init; }

    /// <summary>Your own data. For a <c>regex</c> field, <c>pattern</c> is the expression that values must match.</summary>
    public Optional<RawJson?> Metadata { get; init; }

    /// <summary>The placeholder of an empty form field.</summary>
    public Optional<string?> PlaceholderText { get; init; }

    /// <summary>The hint shown beside the form field.</summary>
    public Optional<string?> HintText { get; init; }

    /// <summary>Whether a ticket needs a value before it can be closed.</summary>
    public Optional<bool?> MandatoryOnClose { get; init; }

    /// <summary>Whether a record needs a value when it is created.</summary>
    public Optional<bool?> MandatoryOnCreation { get; init; }

    /// <summary>Whether customers can see the field.</summary>
    public Optional<bool?> VisibleToCustomer { get; init; }

    /// <summary>Whether customers can edit the field.</summary>
    public Optional<bool?> EditableByCustomer { get; init; }

    /// <summary>Whether new forms include the field.</summary>
    public Optional<bool?> AutoAddToAllForms { get; init; }

    /// <summary>The initial value in forms.</summary>
    public Optional<string?> DefaultValue { get; init; }

    /// <summary>The ID of the team that the field belongs to.</summary>
    public Optional<string?> TeamId { get; init; }

    /// <summary>Whether records can have values for the field.</summary>
    /// <example>true</example>
    public Optional<bool?> IsActive { get; init; }
}

internal abstract class CustomFieldFieldsValidator<T> : AbstractValidator<T>
    where T : CustomFieldFields
{
    protected CustomFieldFieldsValidator()
    {
        RuleFor(field => field.Name).Name();
        RuleFor(field => field.FieldType).OneOf(CustomFieldTypes.All);
        RuleFor(field => field.Description).FreeText(RequestRules.DescriptionMaxLength);
        RuleFor(field => field.Options).Items(RequestRules.FilterMaxItems);
        RuleForEach(field => RequestRules.Within(field.Options.Value, RequestRules.FilterMaxItems)).Present()
            .SetValidator(new RequestRule<T, CustomFieldOption>(
                "Option",
                option => string.IsNullOrWhiteSpace(option?.Value) ? "must not be blank"
                    : option.Value.Length > RequestRules.DefaultMaxLength
                        ? $"must not be longer than {RequestRules.DefaultMaxLength} characters"
                    : null,
                _ => { }))
            .OverridePropertyName("options");
        RuleFor(field => field.Metadata).Metadata();
        RuleFor(field => field.PlaceholderText).FreeText(RequestRules.DefaultMaxLength);
        RuleFor(field => field.HintText).FreeText(RequestRules.DefaultMaxLength);
        RuleFor(field => field.DefaultValue).FreeText(RequestRules.DefaultMaxLength);
        RuleFor(field => field.TeamId).Name();
    }
}

/// <summary>An option of a choice field, written as text or as <c>{"value": "…"}</c>.</summary>
/// <param name="Value">The option's text.</param>
[JsonConverter(typeof(CustomFieldOptionJsonConverter))]
public sealed record CustomFieldOption(string Value);

/// <summary>Reads both forms of an option.</summary>
public sealed class CustomFieldOptionJsonConverter : JsonConverter<CustomFieldOption>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The option has neither form.</exception>
    public override CustomFieldOption Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var option = document.RootElement;
        if (option.ValueKind == JsonValueKind.Object && !option.TryGetProperty("value", out option))
        {
            throw new JsonException();
        }

        return option.ValueKind == JsonValueKind.String ? new CustomFieldOption(option.GetString()!) : throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CustomFieldOption value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

/// <summary>The custom field to create.</summary>
public sealed record CreateCustomFieldRequest : CustomFieldFields
{
    /// <summary>The kind of record that the field belongs to.</summary>
    /// <example>account</example>
    public Optional<string?> Source { get; init; }
}

internal sealed class CreateCustomFieldRequestValidator : CustomFieldFieldsValidator<CreateCustomFieldRequest>
{
    public CreateCustomFieldRequestValidator()
    {
        RuleFor(field => field.Name).Required();
        RuleFor(field => field.Source).Required().OneOf(CustomFieldSource.All);
        RuleFor(field => field.FieldType).Required();
    }
}

/// <summary>Changes to several custom fields. Either all of them are made, or none.</summary>
public sealed record UpdateCustomFieldsRequest
{
    /// <summary>The custom fields to update.</summary>
    public IReadOnlyList<UpdateCustomFieldItem>? Fields { get; init; }
}

internal sealed class UpdateCustomFieldsRequestValidator : AbstractValidator<UpdateCustomFieldsRequest>
{
    public UpdateCustomFieldsRequestValidator()
    {
        RuleFor(request => request.Fields).RequiredItems(RequestRules.FilterMaxItems);
        RuleForEach(request => RequestRules.Within(request.Fields, RequestRules.FilterMaxItems))
            .Present()
            .SetValidator(new UpdateCustomFieldItemValidator())
            .OverridePropertyName("fields");
    }
}

/// <summary>Changes to one custom field.</summary>
public sealed record UpdateCustomFieldItem
{
    /// <summary>The field's ID.</summary>
    /// <example>01JGXJNYN0YJFGC7HKWKM96KMQ</example>
    public Optional<string?> FieldId { get; init; }

    /// <summary>The version that the changes are based on.</summary>
    /// <example>1</example>
    public Optional<int?> Version { get; init; }

    /// <summary>The changes.</summary>
    public Optional<CustomFieldUpdates?> Updates { get; init; }
}

internal sealed class UpdateCustomFieldItemValidator : AbstractValidator<UpdateCustomFieldItem>
{
    public UpdateCustomFieldItemValidator()
    {
        RuleFor(item => item.FieldId).Required();
        RuleFor(item => item.Version).Required();
        RuleFor(item => item.Updates).Required();
        RuleFor(item => item.Updates.Value!).SetValidator(new CustomFieldUpdatesValidator()).OverridePropertyName("updates")
            .When(item => item.Updates.Value is not null);
    }
}

/// <summary>Changes to a custom field. Absent fields stay unchanged; <c>null</c> clears a field.</summary>
public sealed record CustomFieldUpdates : CustomFieldFields;

internal sealed class CustomFieldUpdatesValidator : CustomFieldFieldsValidator<CustomFieldUpdates>
{
    public CustomFieldUpdatesValidator()
    {
        RuleFor(field => field.Name).NotCleared();
        RuleFor(field => field.FieldType).NotCleared();
    }
}

/// <summary>The custom fields to delete. Either all of them are deleted, or none.</summary>
public sealed record DeleteCustomFieldsRequest
{
    /// <summary>The custom fields to delete.</summary>
    public IReadOnlyList<DeleteCustomFieldItem>? Fields { get; init; }
}

internal sealed class DeleteCustomFieldsRequestValidator : AbstractValidator<DeleteCustomFieldsRequest>
{
    public DeleteCustomFieldsRequestValidator()
    {
        RuleFor(request => request.Fields).RequiredItems(RequestRules.FilterMaxItems);
        RuleForEach(request => RequestRules.Within(request.Fields, RequestRules.FilterMaxItems))
            .Present()
            .SetValidator(new DeleteCustomFieldItemValidator())
            .OverridePropertyName("fields");
    }
}

/// <summary>A custom field to delete.</summary>
public sealed record DeleteCustomFieldItem
{
    /// <summary>The field's ID.</summary>
    /// <example>01JGXJSKV0ETHNT9N31VZSRTZ0</example>
    public Optional<string?> FieldId { get; init; }
}

internal sealed class DeleteCustomFieldItemValidator : AbstractValidator<DeleteCustomFieldItem>
{
    public DeleteCustomFieldItemValidator() => RuleFor(item => item.FieldId).Required();
}
