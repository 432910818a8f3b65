using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The definition of a custom field.</summary>
public sealed partial record CustomFieldResponse
{
    /// <summary>The field's name.</summary>
    /// <example>Contract tier</example>
    public required string Name { get; init; }

    /// <summary>The field's id.</summary>
    public required string Uid { get; init; }

    /// <summary>The name in lower case, with <c>_</c> for everything but letters and digits.</summary>
    /// <example>contract_tier</example>
    public required string Slug { get; init; }

    /// <summary>The organization it belongs to.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The sort of record it belongs to.</summary>
    /// <example>account</example>
    public required string Source { get; init; }

    /// <summary>The kind of its values.</summary>
    /// <example>single_choice</example>
    public required string FieldType { get; init; }

    /// <summary>What may be chosen.</summary>
    public required IReadOnlyList<string> Options { get; init; }

    /// <summary>The client's own data.</summary>
    public required RawJson Metadata { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether values may be given.</summary>
    public required bool IsActive { get; init; }

    /// <summary>The team it belongs to, <c>""</c> when to none.</summary>
    public required string TeamId { get; init; }

    /// <summary>Whether new forms have it.</summary>
    public required bool AutoAddToAllForms { get; init; }

    /// <summary>What explains the field.</summary>
    public required string HintText { get; init; }

    /// <summary>What an empty form shows.</summary>
    public required string PlaceholderText { get; init; }

    /// <summary>Whether a record cannot be created without it.</summary>
    public required bool MandatoryOnCreation { get; init; }

    /// <summary>Whether a ticket cannot be closed without it.</summary>
    public required bool MandatoryOnClose { get; init; }

    /// <summary>Whether customers see it.</summary>
    public required bool VisibleToCustomer { get; init; }

    /// <summary>Whether customers may change it.</summary>
    public required bool EditableByCustomer { get; init; }

    /// <summary>The value that forms start with.</summary>
    public required string DefaultValue { get; init; }

    /// <summary>Counts the changes, from 1; an update names the one it was made from.</summary>
    /// <example>1</example>
    public required int Version { get; init; }

    internal static Expression<Func<CustomField, CustomFieldResponse>> Projection { get; } = field => new CustomFieldResponse
    {
        Name = field.Name,
        Uid = WireFormat.Id(field.Id),
        Slug = SlugOf(field.Name),
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

    internal static Func<CustomField, CustomFieldResponse> Of { get; } = Projection.Compile();

    internal static string SlugOf(string name) => OtherThanLettersAndDigits().Replace(name.ToLowerInvariant(), "_");

    [GeneratedRegex(@"[^\p{L}\p{Nd}]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex OtherThanLettersAndDigits();
}

/// <summary>The form in which the custom-field operations answer.</summary>
/// <typeparam name="T">What is answered.</typeparam>
/// <param name="Data">What is answered.</param>
/// <param name="Status">Always <see langword="true"/>: errors have the error body instead.</param>
/// <param name="Message">What was done.</param>
/// <param name="Timestamp">When.</param>
public sealed record CustomFieldEnvelope<T>(T Data, bool Status, string Message, DateTimeOffset Timestamp)
    where T : notnull;
