using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Core.Events;

/// <summary>All types of events.</summary>
public static class EventTypes
{
    /// <summary>The type of the event of a contact that has been erased.</summary>
    public const string ContactErased = "customer-contact:erased";

    /// <summary>The type of the event of a webhook that has been disabled because its endpoint did not answer.</summary>
    public const string WebhookDisabled = "webhook:disabled";

    /// <summary>Stands for all types that tell of a change as a whole.</summary>
    public const string Everything = "*";

    private const string Account = "account:updated";
    private const string Contact = "customer-contact:updated";

    /// <summary>All types.</summary>
    public static IReadOnlyList<EventType> All { get; } =
    [
        .. RecordKinds.Recorded.SelectMany(TypesOf),
        new(ContactErased, "A contact was erased for good. The event has only its ID."),
        new(WebhookDisabled, "A webhook was disabled, because its endpoint had no success for five days or answered 410."),
        Of("account-status:changed", "The status of an account was changed.", new MemberDetail(Account, "status", "status")),
        Of("account-health:changed", "The health of an account was changed.", new MemberDetail(Account, "health", "health")),
        Of(
            "account-classification:changed",
            "The classification of an account was changed.",
            new MemberDetail(Account, "classification", "classification")),
        Of("account-industry:changed", "The industry of an account was changed.", new MemberDetail(Account, "industry", "industry")),
        OfFields("account-", "An account got values of custom fields that it did not have.", Account, CustomFieldDetail.Added),
        OfFields("account-", "An account lost values of custom fields.", Account, CustomFieldDetail.Removed),
        OfFields("account-", "Values of custom fields of an account were changed.", Account, CustomFieldDetail.Changed),
        Of("customer-contact:type:changed", "The type of a contact was changed.", new MemberDetail(Contact, "type", "contactType")),
        OfFields("customer-contact:", "A contact got values of custom fields that it did not have.", Contact, CustomFieldDetail.Added),
        OfFields("customer-contact:", "A contact lost values of custom fields.", Contact, CustomFieldDetail.Removed),
    ];

    private static readonly Dictionary<string, EventType> ByName = All.ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>Returns the type with a name, if there is one.</summary>
    internal static EventType? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Returns the types that a name, a prefix such as <c>account:*</c>, or <c>*</c> stands for. None if it is unknown.</summary>
    /// <remarks>Types that tell of a detail have to be named, or to have a prefix of their own.</remarks>
    internal static IReadOnlyList<EventType> Resolve(string pattern)
    {
        if (Find(pattern) is { } named)
        {
            return [named];
        }

        if (pattern == Everything)
        {
            return [.. All.Where(type => type.Detail is null)];
        }

        if (!pattern.EndsWith(":*", StringComparison.Ordinal))
        {
            return [];
        }

        List<EventType> found = [.. All.Where(type => type.Name.StartsWith(pattern[..^1], StringComparison.Ordinal))];
        return found.Exists(type => type.Detail is null) ? found.FindAll(type => type.Detail is null) : found;
    }

    private static EventType[] TypesOf(RecordKind kind)
    {
        var name = string.Concat(kind.PayloadName.Select(letter =>
            char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
        var record = $"{("aeiou".Contains(name[0], StringComparison.Ordinal) ? "An" : "A")} {name}";
        return
        [
            new($"{kind.EventName}:created", $"{record} was created."),
            new($"{kind.EventName}:updated", $"{record} was changed."),
            new($"{kind.EventName}:deleted", $"{record} was deleted."),
        ];
    }

    private static EventType Of(string name, string description, ChangeDetail detail) => new(name, description) { Detail = detail };

    private static EventType OfFields(string prefix, string description, string changeType, string verb) => Of(
        $"{prefix}custom_field_value:{verb}",
        description,
        new CustomFieldDetail(changeType, verb));
}
