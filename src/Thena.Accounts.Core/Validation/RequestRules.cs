using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;

namespace Thena.Accounts.Core.Validation;

/// <summary>
/// The format rules that requests share. Most check only members that are present and not <c>null</c>.
/// <see cref="Required{T,TProperty}"/> and <see cref="NotCleared{T,TProperty}"/> decide whether a member can be absent or <c>null</c>.
/// </summary>
public static class RequestRules
{
    /// <summary>The largest length of a text without a limit of its own, in UTF-16 units.</summary>
    public const int DefaultMaxLength = 255;

    /// <summary>The largest length of a description, in UTF-16 units.</summary>
    public const int DescriptionMaxLength = 32_768;

    /// <summary>The largest length of a URL, in UTF-16 units.</summary>
    public const int UrlMaxLength = 2_048;

    /// <summary>The largest size of metadata, in UTF-8 bytes without whitespace between tokens.</summary>
    public const int MetadataMaxBytes = 64 * 1_024;

    /// <summary>The largest size of the data of a custom field value, in UTF-8 bytes without whitespace between tokens.</summary>
    public const int CustomFieldDataMaxBytes = 64 * 1_024;

    /// <summary>The largest size of all custom field values of a record: their data and metadata, in UTF-8 bytes.</summary>
    public const int CustomFieldValuesMaxBytes = 1_024 * 1_024;

    /// <summary>The largest number of items in a bulk request.</summary>
    public const int BulkMaxItems = WireJson.MaxItems;

    /// <summary>The largest number of IDs or domains in a filter.</summary>
    public const int FilterMaxItems = 1_000;

    /// <summary>The regular expression for a text that is not blank.</summary>
    public const string NotBlankPattern = @"^[^\u0000]*[^\s\u0000][^\u0000]*$";

    private const string PhonePattern = @"^\s*(?:\+(?:[ .\-()]*[0-9]){7,15}[ .\-()]*)?\s*$";

    private const string NotPresent = "must not be null";

    /// <summary>Requires that a member is present, and neither <c>null</c> nor blank.</summary>
    public static IRuleBuilderOptions<T, Optional<TProperty>> Required<T, TProperty>(this IRuleBuilder<T, Optional<TProperty>> rule) =>
        rule.SetValidator(new RequestRule<T, Optional<TProperty>>(
        "Required",
        member => IsBlank(member.Value) ? "is required" : null,
        facts =>
        {
            facts.Required = facts.NotNull = true;
            NeedText<TProperty>(facts);
        }));

    /// <summary>Requires that a member is absent, or neither <c>null</c> nor blank.</summary>
    public static IRuleBuilderOptions<T, Optional<TProperty>> NotCleared<T, TProperty>(this IRuleBuilder<T, Optional<TProperty>> rule) =>
        rule.SetValidator(new RequestRule<T, Optional<TProperty>>(
        "NotCleared",
        member => member.IsSet && IsBlank(member.Value) ? "cannot be empty" : null,
        facts =>
        {
            facts.NotNull = true;
            NeedText<TProperty>(facts);
        }));

    /// <summary>Limits the length of a name. Leading and trailing spaces do not count.</summary>
    public static IRuleBuilderOptions<T, Optional<string?>> Name<T>(
        this IRuleBuilder<T, Optional<string?>> rule, int maxLength = DefaultMaxLength) =>
        rule.TextRule("Name", text => text.Trim().Length > maxLength ? TooLong(maxLength) : null, facts => facts.MaxLength = maxLength);

    /// <summary>Limits the length of a free text, which is stored as it is written.</summary>
    public static IRuleBuilderOptions<T, Optional<string?>> FreeText<T>(this IRuleBuilder<T, Optional<string?>> rule, int maxLength) =>
        rule.TextRule("FreeText", text => text.Length > maxLength ? TooLong(maxLength) : null, facts => facts.MaxLength = maxLength);

    /// <summary>Requires an internet domain, in any form that <see cref="DomainName"/> can normalize.</summary>
    public static IRuleBuilderOptions<T, Optional<string?>> Domain<T>(this IRuleBuilder<T, Optional<string?>> rule) => rule.TextRule(
        "Domain",
        text => text.Trim().Length > DefaultMaxLength ? TooLong(DefaultMaxLength)
            : DomainName.TryNormalize(text, out _) ? null : "must be a domain name such as acme.com",
        facts => facts.MaxLength = DefaultMaxLength);

    /// <summary>Requires an absolute http or https URL.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="completeScheme">Whether <c>https://</c> is added to a URL without a scheme.</param>
    public static IRuleBuilderOptions<T, Optional<string?>> Url<T>(
        this IRuleBuilder<T, Optional<string?>> rule, bool completeScheme = false) => rule.TextRule(
        "Url",
        text => CheckUrl(completeScheme ? WebAddress.Complete(text) : text.Trim()),
        facts => facts.MaxLength = completeScheme ? UrlMaxLength - WebAddress.DefaultScheme.Length : UrlMaxLength);

    /// <summary>Requires that an item of a list is an absolute http or https URL.</summary>
    public static IRuleBuilderOptions<T, string> RequiredUrl<T>(this IRuleBuilder<T, string> rule) =>
        rule.SetValidator(new RequestRule<T, string>(
        "RequiredUrl",
        text => text is null ? NotPresent : CheckUrl(text.Trim()),
        facts => (facts.MinLength, facts.MaxLength) = (1, UrlMaxLength)));

    /// <summary>Requires an email address, as <see cref="EmailAddress"/> defines it.</summary>
    public static IRuleBuilderOptions<T, Optional<string?>> Email<T>(this IRuleBuilder<T, Optional<string?>> rule) => rule.TextRule(
        "Email",
        text => EmailAddress.TryParse(text, out _, out _) ? null : "must be an email address",
        facts => facts.MaxLength = EmailAddress.MaxLength);

    /// <summary>Requires a phone number, as <see cref="PhoneNumber"/> defines it.</summary>
    public static IRuleBuilderOptions<T, Optional<string?>> Phone<T>(this IRuleBuilder<T, Optional<string?>> rule) => rule.TextRule(
        "Phone",
        text => !PhoneNumber.IsValid(text) ? "must be a phone number with country code, such as +1 555 123 4567"
            : text.Trim().Length > DefaultMaxLength ? TooLong(DefaultMaxLength) : null,
        facts => (facts.Pattern, facts.MaxLength) = (PhonePattern, DefaultMaxLength));

    /// <summary>Limits the number of IDs in a list, which is written as an array or as a single ID.</summary>
    public static IRuleBuilderOptions<T, Optional<IdList?>> Ids<T>(this IRuleBuilder<T, Optional<IdList?>> rule, int maximum) =>
        rule.SetValidator(new RequestRule<T, Optional<IdList?>>("Ids", member => CheckItems(member.Value?.Ids, maximum), _ => { }));

    /// <summary>Requires one of a fixed set of values.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="values">The allowed values.</param>
    /// <param name="comparer">Compares the values with the trimmed text. By default, the text must match exactly.</param>
    public static IRuleBuilderOptions<T, Optional<string?>> OneOf<T>(
        this IRuleBuilder<T, Optional<string?>> rule, IReadOnlyList<string> values, StringComparer? comparer = null) => rule.TextRule(
        "OneOf",
        text => (comparer is null ? values.Contains(text, StringComparer.Ordinal) : values.Contains(text.Trim(), comparer))
            ? null
            : NotOneOf(values),
        facts => facts.Values = values);

    /// <summary>Requires that a query parameter is absent or one of a fixed set of values. An empty parameter is refused.</summary>
    public static IRuleBuilderOptions<T, string?> OneOf<T>(this IRuleBuilder<T, string?> rule, IReadOnlyList<string> values) =>
        rule.SetValidator(new RequestRule<T, string?>(
        "OneOf",
        text => text is null || values.Contains(text, StringComparer.Ordinal) ? null : NotOneOf(values),
        facts => facts.Values = values));

    /// <summary>Requires a text that matches a pattern.</summary>
    public static IRuleBuilderOptions<T, Optional<string?>> Matching<T>(
        this IRuleBuilder<T, Optional<string?>> rule, Regex pattern, string problem) => rule.TextRule(
        "Matching",
        text => pattern.IsMatch(text) ? null : problem,
        facts => facts.Pattern = pattern.ToString());

    /// <summary>Requires a whole number in a range, which includes its limits.</summary>
    public static IRuleBuilderOptions<T, Optional<int?>> InRange<T>(this IRuleBuilder<T, Optional<int?>> rule, int minimum, int maximum) =>
        rule.SetValidator(new RequestRule<T, Optional<int?>>(
            "InRange",
            member => member.Value is { } number && (number < minimum || number > maximum) ? Between(minimum, maximum) : null,
            facts => (facts.Minimum, facts.Maximum) = (minimum, maximum)));

    /// <summary>Requires an amount of money: not negative, below 10^15, and with at most four decimals.</summary>
    public static IRuleBuilderOptions<T, Optional<decimal?>> Amount<T>(this IRuleBuilder<T, Optional<decimal?>> rule)
    {
        const decimal End = 1_000_000_000_000_000m;
        return rule.SetValidator(new RequestRule<T, Optional<decimal?>>(
            "Amount",
            member => member.Value switch
            {
                < 0 => "must not be negative",
                >= End => $"must be below {End}",
                { } number when decimal.Round(number, 4) != number => "must not have more than 4 decimals",
                _ => null,
            },
            facts => (facts.Minimum, facts.Below) = (0, End)));
    }

    /// <summary>Requires a JSON object of at most 64 KB, with any content.</summary>
    public static IRuleBuilderOptions<T, Optional<RawJson?>> Metadata<T>(this IRuleBuilder<T, Optional<RawJson?>> rule) =>
        rule.SetValidator(new RequestRule<T, Optional<RawJson?>>(
            "Metadata",
            member => member.Value switch
            {
                null => null,
                { Kind: JsonValueKind.Null } => null,
                { Kind: not JsonValueKind.Object } => "must be an object",
                { Text: var text } when System.Text.Encoding.UTF8.GetByteCount(text) > MetadataMaxBytes => "must not be larger than 64 KB",
                _ => null,
            },
            _ => { }));

    /// <summary>Limits the number of items in a list.</summary>
    public static IRuleBuilderOptions<T, Optional<IReadOnlyList<TItem>?>> Items<T, TItem>(
        this IRuleBuilder<T, Optional<IReadOnlyList<TItem>?>> rule, int maximum) =>
        rule.SetValidator(new RequestRule<T, Optional<IReadOnlyList<TItem>?>>(
            "Items",
            member => CheckItems(member.Value, maximum),
            facts => facts.MaxItems = maximum));

    /// <summary>Requires a list with at least one item.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="maximum">The largest number of items.</param>
    public static IRuleBuilderOptions<T, IReadOnlyList<TItem>?> RequiredItems<T, TItem>(
        this IRuleBuilder<T, IReadOnlyList<TItem>?> rule, int maximum) =>
        rule.SetValidator(new RequestRule<T, IReadOnlyList<TItem>?>(
            "RequiredItems",
            items => items switch
            {
                null => "is required",
                { Count: 0 } => "must not be empty",
                _ => CheckItems(items, maximum),
            },
            facts =>
            {
                facts.Required = facts.NotNull = true;
                (facts.MinItems, facts.MaxItems) = (1, maximum);
            }));

    /// <summary>Requires the items of a bulk request. An empty list has its own message in the contract.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="emptyMessage">The message for an empty list.</param>
    /// <param name="maximum">The largest number of items.</param>
    public static IRuleBuilderOptions<T, IReadOnlyList<TItem>?> RequiredItems<T, TItem>(
        this IRuleBuilder<T, IReadOnlyList<TItem>?> rule, string emptyMessage, int maximum)
    {
        var options = rule.RequiredItems(maximum);
        options.Configure(member => member.MessageBuilder = context =>
            context.PropertyValue is { Count: 0 } ? emptyMessage : context.GetDefaultMessage());
        return options;
    }

    /// <summary>Returns the items of a list to validate one by one, or none if there are too many, which is already an error.</summary>
    public static IReadOnlyList<TItem> Within<TItem>(IReadOnlyList<TItem>? items, int maximum) =>
        items is not null && items.Count <= maximum ? items : [];

    /// <summary>The problem of a text that is too long.</summary>
    internal static string TooLong(int maxLength) =>
        string.Create(CultureInfo.InvariantCulture, $"must not be longer than {maxLength} characters");

    /// <summary>Requires that an item of a list is not <c>null</c>.</summary>
    public static IRuleBuilderOptions<T, TItem> Present<T, TItem>(this IRuleBuilder<T, TItem> rule) =>
        rule.SetValidator(new RequestRule<T, TItem>("Present", item => item is null ? NotPresent : null, _ => { }));

    private static IRuleBuilderOptions<T, Optional<string?>> TextRule<T>(
        this IRuleBuilder<T, Optional<string?>> rule, string name, Func<string, string?> check, Action<SchemaFacts> describe) =>
        rule.SetValidator(new RequestRule<T, Optional<string?>>(
            name,
            member => string.IsNullOrWhiteSpace(member.Value) ? null : check(member.Value),
            describe));

    private static void NeedText<TProperty>(SchemaFacts facts)
    {
        if (typeof(TProperty) == typeof(string))
        {
            facts.MinLength = 1;
            facts.Pattern ??= NotBlankPattern;
        }
    }

    private static bool IsBlank(object? value) => value switch
    {
        null => true,
        string text => string.IsNullOrWhiteSpace(text),
        RawJson json => json.Kind == JsonValueKind.Null,
        _ => false,
    };

    private static string? CheckUrl(string text) => text.Length switch
    {
        > UrlMaxLength => TooLong(UrlMaxLength),
        _ when !WebAddress.IsValid(text) => "must be an absolute http or https URL",
        _ => null,
    };

    private static string? CheckItems<TItem>(IReadOnlyList<TItem>? items, int maximum) => items switch
    {
        null => null,
        _ when items.Count > maximum => string.Create(CultureInfo.InvariantCulture, $"must not have more than {maximum} items"),
        _ => null,
    };

    private static string NotOneOf(IReadOnlyList<string> values) => $"must be one of {string.Join(", ", values)}";

    private static string Between(decimal minimum, decimal maximum) =>
        string.Create(CultureInfo.InvariantCulture, $"must be between {minimum} and {maximum}");
}
