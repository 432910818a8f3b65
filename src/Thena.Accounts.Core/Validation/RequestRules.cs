using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;

namespace Thena.Accounts.Core.Validation;

/// <summary>
/// The rules of form that requests share. Each looks at a member that is there and not <c>null</c>; whether it may be absent or <c>null</c>
/// is what <see cref="Required{T,TProperty}"/> and <see cref="NotCleared{T,TProperty}"/> say.
/// </summary>
public static class RequestRules
{
    /// <summary>The longest text without a limit of its own, in UTF-16 units.</summary>
    public const int DefaultMaxLength = 255;

    /// <summary>The longest description, in UTF-16 units.</summary>
    public const int DescriptionMaxLength = 32_768;

    /// <summary>The longest URL, in UTF-16 units.</summary>
    public const int UrlMaxLength = 2_048;

    /// <summary>The largest metadata, in bytes of its compact form.</summary>
    public const int MetadataMaxBytes = 64 * 1_024;

    /// <summary>Most items of a bulk request.</summary>
    public const int BulkMaxItems = WireJson.MaxItems;

    /// <summary>Most ids or domains of a filter.</summary>
    public const int FilterMaxItems = 1_000;

    /// <summary>Texts that are not blank.</summary>
    public const string NotBlankPattern = @"^[^\u0000]*[^\s\u0000][^\u0000]*$";

    private const string PhonePattern = @"^\s*(?:\+(?:[ .\-()]*[0-9]){7,15}[ .\-()]*)?\s*$";

    private const string NotPresent = "must not be null";

    /// <summary>The member has to be there, neither <c>null</c> nor blank.</summary>
    public static IRuleBuilderOptions<T, Optional<TProperty>> Required<T, TProperty>(this IRuleBuilder<T, Optional<TProperty>> rule) =>
        rule.SetValidator(new RequestRule<T, Optional<TProperty>>(
        "Required",
        member => IsBlank(member.Value) ? "is required" : null,
        facts =>
        {
            facts.Required = facts.NotNull = true;
            NeedText<TProperty>(facts);
        }));

    /// <summary>The member may be absent, but cannot be emptied.</summary>
    public static IRuleBuilderOptions<T, Optional<TProperty>> NotCleared<T, TProperty>(this IRuleBuilder<T, Optional<TProperty>> rule) =>
        rule.SetValidator(new RequestRule<T, Optional<TProperty>>(
        "NotCleared",
        member => member.IsSet && IsBlank(member.Value) ? "cannot be empty" : null,
        facts =>
        {
            facts.NotNull = true;
            NeedText<TProperty>(facts);
        }));

    /// <summary>A text of a name's kind: blanks around it do not count.</summary>
    public static IRuleBuilderOptions<T, Optional<string?>> Name<T>(
        this IRuleBuilder<T, Optional<string?>> rule, int maxLength = DefaultMaxLength) =>
        rule.TextRule("Name", text => text.Trim().Length > maxLength ? TooLong(maxLength) : null, facts => facts.MaxLength = maxLength);

    /// <summary>A free text, kept as it is written.</summary>
    public static IRuleBuilderOptions<T, Optional<string?>> FreeText<T>(this IRuleBuilder<T, Optional<string?>> rule, int maxLength) =>
        rule.TextRule("FreeText", text => text.Length > maxLength ? TooLong(maxLength) : null, facts => facts.MaxLength = maxLength);

    /// <summary>An internet domain in any of the forms that <see cref="DomainName"/> reads.</summary>
    public static IRuleBuilderOptions<T, Optional<string?>> Domain<T>(this IRuleBuilder<T, Optional<string?>> rule) => rule.TextRule(
        "Domain",
        text => text.Trim().Length > DefaultMaxLength ? TooLong(DefaultMaxLength)
            : DomainName.TryNormalize(text, out _) ? null : "must be a domain name such as acme.com",
        facts => facts.MaxLength = DefaultMaxLength);

    /// <summary>An absolute http(s) URL.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="completeScheme">Whether <c>https://</c> is added where no scheme is written.</param>
    public static IRuleBuilderOptions<T, Optional<string?>> Url<T>(
        this IRuleBuilder<T, Optional<string?>> rule, bool completeScheme = false) => rule.TextRule(
        "Url",
        text => CheckUrl(completeScheme ? WebAddress.Complete(text) : text.Trim()),
        facts => facts.MaxLength = completeScheme ? UrlMaxLength - WebAddress.DefaultScheme.Length : UrlMaxLength);

    /// <summary>An absolute http(s) URL as an item of a list. Cannot be <c>null</c>.</summary>
    public static IRuleBuilderOptions<T, string> RequiredUrl<T>(this IRuleBuilder<T, string> rule) =>
        rule.SetValidator(new RequestRule<T, string>(
        "RequiredUrl",
        text => text is null ? NotPresent : CheckUrl(text.Trim()),
        facts => (facts.MinLength, facts.MaxLength) = (1, UrlMaxLength)));

    /// <summary>An e-mail address, see <see cref="EmailAddress"/>.</summary>
    public static IRuleBuilderOptions<T, Optional<string?>> Email<T>(this IRuleBuilder<T, Optional<string?>> rule) => rule.TextRule(
        "Email",
        text => EmailAddress.TryParse(text, out _, out _) ? null : "must be an e-mail address",
        facts => facts.MaxLength = EmailAddress.MaxLength);

    /// <summary>A phone number, see <see cref="PhoneNumber"/>.</summary>
    public static IRuleBuilderOptions<T, Optional<string?>> Phone<T>(this IRuleBuilder<T, Optional<string?>> rule) => rule.TextRule(
        "Phone",
        text => !PhoneNumber.IsValid(text) ? "must be a phone number with country code, such as +1 555 123 4567"
            : text.Trim().Length > DefaultMaxLength ? TooLong(DefaultMaxLength) : null,
        facts => (facts.Pattern, facts.MaxLength) = (PhonePattern, DefaultMaxLength));

    /// <summary>A bounded list of ids, written as an array or as one bare id.</summary>
    public static IRuleBuilderOptions<T, Optional<IdList?>> Ids<T>(this IRuleBuilder<T, Optional<IdList?>> rule, int maximum) =>
        rule.SetValidator(new RequestRule<T, Optional<IdList?>>("Ids", member => CheckItems(member.Value?.Ids, maximum), _ => { }));

    /// <summary>One of a closed set of words.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="values">The words.</param>
    /// <param name="comparer">How they are compared: as they are written, unless said otherwise.</param>
    public static IRuleBuilderOptions<T, Optional<string?>> OneOf<T>(
        this IRuleBuilder<T, Optional<string?>> rule, IReadOnlyList<string> values, StringComparer? comparer = null) => rule.TextRule(
        "OneOf",
        text => (comparer is null ? values.Contains(text, StringComparer.Ordinal) : values.Contains(text.Trim(), comparer))
            ? null
            : NotOneOf(values),
        facts => facts.Values = values);

    /// <summary>One of a closed set of words, or nothing at all, in a query: one that is there but empty is none of them.</summary>
    public static IRuleBuilderOptions<T, string?> OneOf<T>(this IRuleBuilder<T, string?> rule, IReadOnlyList<string> values) =>
        rule.SetValidator(new RequestRule<T, string?>(
        "OneOf",
        text => text is null || values.Contains(text, StringComparer.Ordinal) ? null : NotOneOf(values),
        facts => facts.Values = values));

    /// <summary>A text that matches a pattern.</summary>
    public static IRuleBuilderOptions<T, Optional<string?>> Matching<T>(
        this IRuleBuilder<T, Optional<string?>> rule, Regex pattern, string problem) => rule.TextRule(
        "Matching",
        text => pattern.IsMatch(text) ? null : problem,
        facts => facts.Pattern = pattern.ToString());

    /// <summary>A whole number in a range.</summary>
    public static IRuleBuilderOptions<T, Optional<int?>> InRange<T>(this IRuleBuilder<T, Optional<int?>> rule, int minimum, int maximum) =>
        rule.SetValidator(new RequestRule<T, Optional<int?>>(
            "InRange",
            member => member.Value is { } number && (number < minimum || number > maximum) ? Between(minimum, maximum) : null,
            facts => (facts.Minimum, facts.Maximum) = (minimum, maximum)));

    /// <summary>An amount of money: not negative, below 10^15, at most four decimals.</summary>
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

    /// <summary>A JSON object of the client's own, at most 64 KB.</summary>
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

    /// <summary>A list with a bounded number of items.</summary>
    public static IRuleBuilderOptions<T, Optional<IReadOnlyList<TItem>?>> Items<T, TItem>(
        this IRuleBuilder<T, Optional<IReadOnlyList<TItem>?>> rule, int maximum) =>
        rule.SetValidator(new RequestRule<T, Optional<IReadOnlyList<TItem>?>>(
            "Items",
            member => CheckItems(member.Value, maximum),
            facts => facts.MaxItems = maximum));

    /// <summary>A list that has to be there, with at least one item.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="maximum">Most items.</param>
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

    /// <summary>The items of a bulk request; an empty list has a sentence of its own in the contract.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="emptyMessage">That sentence.</param>
    /// <param name="maximum">Most items.</param>
    public static IRuleBuilderOptions<T, IReadOnlyList<TItem>?> RequiredItems<T, TItem>(
        this IRuleBuilder<T, IReadOnlyList<TItem>?> rule, string emptyMessage, int maximum)
    {
        var options = rule.RequiredItems(maximum);
        options.Configure(member => member.MessageBuilder = context =>
            context.PropertyValue is { Count: 0 } ? emptyMessage : context.GetDefaultMessage());
        return options;
    }

    /// <summary>The items of a list to look at one by one: none when there are too many, which is problem enough.</summary>
    public static IReadOnlyList<TItem> Within<TItem>(IReadOnlyList<TItem>? items, int maximum) =>
        items is not null && items.Count <= maximum ? items : [];

    /// <summary>An item of a list, which cannot be <c>null</c>.</summary>
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

    private static string TooLong(int maxLength) =>
        string.Create(CultureInfo.InvariantCulture, $"must not be longer than {maxLength} characters");

    private static string Between(decimal minimum, decimal maximum) =>
        string.Create(CultureInfo.InvariantCulture, $"must be between {minimum} and {maximum}");
}
