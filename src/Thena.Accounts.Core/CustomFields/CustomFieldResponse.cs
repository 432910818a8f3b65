using System.Text.RegularExpressions;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The definition of a custom field.</summary>
public sealed partial record CustomFieldResponse
{
    /// <summary>The field's name.</summary>
    /// <example>Contract tier</example>
    public required string Name { get; init; }

    /// <summary>The field's ID.</summary>
    public required string Uid { get; init; }

    /// <summary>The name in lower case, with <c>_</c> in place of each run of characters other than letters and digits.</summary>
    /// <example>contract_tier</example>
    public required string Slug { get; init; }

    /// <summary>The ID of the organization that the field belongs to.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The kind of record that the field belongs to.</summary>
    /// <example>account</example>
    public required string Source { get; init; }

    /// <summary>The type of the values.</summary>
    /// <example>single_choice</example>
    public required string FieldType { get; init; }

    /// <summary>The options of a choice field.</summary>
    /// <example>["gold", "silver"]</example>
    public required IReadOnlyList<string> Options { get; init; }

    /// <summary>Your own data.</summary>
    public required RawJson Metadata { get; init; }

    /// <summary>The time at which the field was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether records can have values for the field.</summary>
    /// <example>true</example>
    public required bool IsActive { get; init; }

    /// <summary>The ID of the team that the field belongs to, <c>""</c> when there is none.</summary>
    public required string TeamId { get; init; }

    /// <summary>Whether new forms include the field.</summary>
    /// <example>false</example>
    public required bool AutoAddToAllForms { get; init; }

    /// <summary>The hint shown beside the form field.</summary>
    /// <example>See the contract</example>
    public required string HintText { get; init; }

    /// <summary>The placeholder of an empty form field.</summary>
    /// <example>gold</example>
    public required string PlaceholderText { get; init; }

    /// <summary>Whether a record needs a value when it is created.</summary>
    /// <example>false</example>
    public required bool MandatoryOnCreation { get; init; }

    /// <summary>Whether a ticket needs a value before it can be closed.</summary>
    /// <example>false</example>
    public required bool MandatoryOnClose { get; init; }

    /// <summary>Whether customers can see the field.</summary>
    /// <example>true</example>
    public required bool VisibleToCustomer { get; init; }

    /// <summary>Whether customers can edit the field.</summary>
    /// <example>false</example>
    public required bool EditableByCustomer { get; init; }

    /// <summary>The initial value in forms.</summary>
    /// <example>silver</example>
    public required string DefaultValue { get; init; }

    /// <summary>The number of the version, from 1. An update names the version it is based on.</summary>
    /// <example>1</example>
    public required int Version { get; init; }

    /// <summary>Makes the response from a field.</summary>
    internal static CustomFieldResponse From(CustomField field) => new()
    {
        Name = field.Name,
        Slug = SlugOf(field.Name),
        Uid = WireFormat.Id(field.Id),
        OrganizationId = WireFormat.Id(field.OrganizationId),
        Source = field.Source,
        FieldType = field.FieldType,
        Options = field.Options,
        Metadata = field.Metadata,
        CreatedAt = field.CreatedAt,
        UpdatedAt = field.UpdatedAt,
        IsActive = field.IsActive,
        TeamId = field.TeamId ?? "",
        AutoAddToAllForms = field.AutoAddToAllForms,
        HintText = field.HintText ?? "",
        PlaceholderText = field.PlaceholderText ?? "",
        MandatoryOnCreation = field.MandatoryOnCreation,
        MandatoryOnClose = field.MandatoryOnClose,
        VisibleToCustomer = field.VisibleToCustomer,
        EditableByCustomer = field.EditableByCustomer,
        DefaultValue = field.DefaultValue ?? "",
        Version = field.Version,
    };

    internal static string SlugOf(string name) => OtherThanLettersAndDigits().Replace(name.ToLowerInvariant(), "_");

    [GeneratedRegex(@"[^\p{L}\p{Nd}]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex OtherThanLettersAndDigits();
}

/// <summary>The envelope of custom field responses.</summary>
/// <typeparam name="T">The type of the payload.</typeparam>
/// <param name="Data">The payload.</param>
/// <param name="Status" example="true">Always <see langword="true"/>. Errors have a different body.</param>
/// <param name="Message" example="Custom fields fetched successfully!">The result, as a sentence.</param>
/// <param name="Timestamp">The time of the response.</param>
public sealed record CustomFieldEnvelope<T>(T Data, bool Status, string Message, DateTimeOffset Timestamp)
    where T : notnull;
