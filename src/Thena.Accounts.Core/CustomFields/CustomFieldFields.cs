using Thena.Accounts.Core.Json;

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
