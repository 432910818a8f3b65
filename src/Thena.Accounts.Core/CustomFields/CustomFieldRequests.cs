using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>What can be said of a custom field when it is created and when it is changed.</summary>
public abstract record CustomFieldFields
{
    /// <summary>The field's name, unique among the fields of its source in any case.</summary>
    /// <example>Contract tier</example>
    public Optional<string?> Name { get; init; }

    /// <summary>The kind of its values.</summary>
    /// <example>single_choice</example>
    public Optional<string?> FieldType { get; init; }

    /// <summary>What it is for.</summary>
    /// <example>What the customer has signed.</example>
    public Optional<string?> Description { get; init; }

    /// <summary>What may be chosen; needed by the kinds that choose.</summary>
    /// <example>["gold", "silver"]</example>
    public Optional<IReadOnlyList<CustomFieldOption>?> Options { get; init; }

    /// <summary>The client's own data; of a <c>regex</c> field, <c>pattern</c> is the expression that values match.</summary>
    public Optional<RawJson?> Metadata { get; init; }

    /// <summary>What an empty form shows.</summary>
    public Optional<string?> PlaceholderText { get; init; }

    /// <summary>What explains the field.</summary>
    public Optional<string?> HintText { get; init; }

    /// <summary>Whether a ticket cannot be closed without it.</summary>
    public Optional<bool?> MandatoryOnClose { get; init; }

    /// <summary>Whether a record cannot be created without it.</summary>
    public Optional<bool?> MandatoryOnCreation { get; init; }

    /// <summary>Whether customers see it.</summary>
    public Optional<bool?> VisibleToCustomer { get; init; }

    /// <summary>Whether customers may change it.</summary>
    public Optional<bool?> EditableByCustomer { get; init; }

    /// <summary>Whether new forms have it.</summary>
    public Optional<bool?> AutoAddToAllForms { get; init; }

    /// <summary>The value that forms start with.</summary>
    public Optional<string?> DefaultValue { get; init; }

    /// <summary>The team it belongs to.</summary>
    public Optional<string?> TeamId { get; init; }

    /// <summary>Whether values may be given.</summary>
    /// <example>true</example>
    public Optional<bool?> IsActive { get; init; }
}

/// <summary>The form of what create and update of custom fields share.</summary>
public abstract class CustomFieldFieldsValidator<T> : AbstractValidator<T>
    where T : CustomFieldFields
{
    /// <summary>Sets the rules.</summary>
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
                    : option.Value.Length > RequestRules.DefaultMaxLength ? $"must not be longer than {RequestRules.DefaultMaxLength} characters"
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

/// <summary>An option of a choice, written as text or as <c>{"value": "…"}</c>.</summary>
/// <param name="Value">The option's text.</param>
[JsonConverter(typeof(CustomFieldOptionJsonConverter))]
public sealed record CustomFieldOption(string Value);

/// <summary>Reads both spellings of an option.</summary>
public sealed class CustomFieldOptionJsonConverter : JsonConverter<CustomFieldOption>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The option is written neither way.</exception>
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
    public override void Write(Utf8JsonWriter writer, CustomFieldOption value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

/// <summary>A new custom field.</summary>
public sealed record CreateCustomFieldRequest : CustomFieldFields
{
    /// <summary>The sort of record it belongs to.</summary>
    /// <example>account</example>
    public Optional<string?> Source { get; init; }
}

/// <summary>The form of <see cref="CreateCustomFieldRequest"/>.</summary>
public sealed class CreateCustomFieldRequestValidator : CustomFieldFieldsValidator<CreateCustomFieldRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateCustomFieldRequestValidator()
    {
        RuleFor(field => field.Name).Required();
        RuleFor(field => field.Source).Required().OneOf(CustomFieldSource.All);
        RuleFor(field => field.FieldType).Required();
    }
}

/// <summary>Changes to several custom fields: all are made, or none.</summary>
public sealed record UpdateCustomFieldsRequest
{
    /// <summary>The changes.</summary>
    public IReadOnlyList<UpdateCustomFieldItem>? Fields { get; init; }
}

/// <summary>The form of <see cref="UpdateCustomFieldsRequest"/>.</summary>
public sealed class UpdateCustomFieldsRequestValidator : AbstractValidator<UpdateCustomFieldsRequest>
{
    /// <summary>Sets the rules.</summary>
    public UpdateCustomFieldsRequestValidator()
    {
        RuleFor(request => request.Fields).RequiredItems(RequestRules.FilterMaxItems);
        RuleForEach(request => RequestRules.Within(request.Fields, RequestRules.FilterMaxItems)).Present().SetValidator(new UpdateCustomFieldItemValidator()).OverridePropertyName("fields");
    }
}

/// <summary>Changes to one custom field.</summary>
public sealed record UpdateCustomFieldItem
{
    /// <summary>The field.</summary>
    /// <example>01JZ6F9T3N4S8W5V7X2Y1A0BCF</example>
    public Optional<string?> FieldId { get; init; }

    /// <summary>The version that the changes were made from.</summary>
    /// <example>1</example>
    public Optional<int?> Version { get; init; }

    /// <summary>The changes.</summary>
    public Optional<CustomFieldUpdates?> Updates { get; init; }
}

/// <summary>The form of <see cref="UpdateCustomFieldItem"/>.</summary>
public sealed class UpdateCustomFieldItemValidator : AbstractValidator<UpdateCustomFieldItem>
{
    /// <summary>Sets the rules.</summary>
    public UpdateCustomFieldItemValidator()
    {
        RuleFor(item => item.FieldId).Required();
        RuleFor(item => item.Version).Required();
        RuleFor(item => item.Updates).Required();
        RuleFor(item => item.Updates.Value!).SetValidator(new CustomFieldUpdatesValidator()).OverridePropertyName("updates")
            .When(item => item.Updates.Value is not null);
    }
}

/// <summary>Changes to a custom field: absent members stay as they are, <c>null</c> clears.</summary>
public sealed record CustomFieldUpdates : CustomFieldFields;

/// <summary>The form of <see cref="CustomFieldUpdates"/>.</summary>
public sealed class CustomFieldUpdatesValidator : CustomFieldFieldsValidator<CustomFieldUpdates>
{
    /// <summary>Sets the rules.</summary>
    public CustomFieldUpdatesValidator()
    {
        RuleFor(field => field.Name).NotCleared();
        RuleFor(field => field.FieldType).NotCleared();
    }
}

/// <summary>Custom fields to delete: all, or none.</summary>
public sealed record DeleteCustomFieldsRequest
{
    /// <summary>The fields.</summary>
    public IReadOnlyList<DeleteCustomFieldItem>? Fields { get; init; }
}

/// <summary>The form of <see cref="DeleteCustomFieldsRequest"/>.</summary>
public sealed class DeleteCustomFieldsRequestValidator : AbstractValidator<DeleteCustomFieldsRequest>
{
    /// <summary>Sets the rules.</summary>
    public DeleteCustomFieldsRequestValidator()
    {
        RuleFor(request => request.Fields).RequiredItems(RequestRules.FilterMaxItems);
        RuleForEach(request => RequestRules.Within(request.Fields, RequestRules.FilterMaxItems)).Present().SetValidator(new DeleteCustomFieldItemValidator()).OverridePropertyName("fields");
    }
}

/// <summary>A custom field to delete.</summary>
public sealed record DeleteCustomFieldItem
{
    /// <summary>The field.</summary>
    /// <example>01JZ6F9T3N4S8W5V7X2Y1A0BCF</example>
    public Optional<string?> FieldId { get; init; }
}

/// <summary>The form of <see cref="DeleteCustomFieldItem"/>.</summary>
public sealed class DeleteCustomFieldItemValidator : AbstractValidator<DeleteCustomFieldItem>
{
    /// <summary>Sets the rules.</summary>
    public DeleteCustomFieldItemValidator() => RuleFor(item => item.FieldId).Required();
}
