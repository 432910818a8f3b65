using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Thena.Accounts.Core.Attributes;

/// <summary>The pick lists of an organization (contract: Attribute values). <see cref="AttributeKinds"/> has their wire names.</summary>
public enum AttributeKind
{
    /// <summary><c>account_status</c></summary>
    AccountStatus,

    /// <summary><c>account_classification</c></summary>
    AccountClassification,

    /// <summary><c>account_health</c></summary>
    AccountHealth,

    /// <summary><c>account_industry</c></summary>
    AccountIndustry,

    /// <summary><c>contact_type</c></summary>
    ContactType,

    /// <summary><c>activity_type</c></summary>
    ActivityType,

    /// <summary><c>activity_status</c></summary>
    ActivityStatus,

    /// <summary><c>note_type</c></summary>
    NoteType,

    /// <summary><c>task_type</c></summary>
    TaskType,

    /// <summary><c>task_status</c></summary>
    TaskStatus,

    /// <summary><c>task_priority</c></summary>
    TaskPriority,
}

/// <summary>The wire names and properties of the pick lists.</summary>
public static class AttributeKinds
{
    private static readonly FrozenDictionary<AttributeKind, string> NameOfKind =
        Enum.GetValues<AttributeKind>()
            .ToFrozenDictionary(kind => kind, kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()));

    private static readonly FrozenDictionary<string, AttributeKind> KindOfName =
        NameOfKind.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>All wire names, in the contract's order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<AttributeKind>().Select(ToName)];

    /// <summary>Returns the wire name, such as <c>account_status</c>.</summary>
    public static string ToName(this AttributeKind kind) => NameOfKind[kind];

    /// <summary>Finds the list with a wire name.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out AttributeKind kind)
    {
        kind = default;
        return name is not null && KindOfName.TryGetValue(name, out kind);
    }

    /// <summary>The lists that accounts refer to.</summary>
    public static IReadOnlyList<AttributeKind> OfAccounts { get; } =
        [AttributeKind.AccountStatus, AttributeKind.AccountClassification, AttributeKind.AccountHealth, AttributeKind.AccountIndustry];

    /// <summary>Whether the list must have a default value. Lists of accounts need none, as those fields may be unset.</summary>
    public static bool NeedsDefault(this AttributeKind kind) => !OfAccounts.Contains(kind);

    /// <summary>Returns the error message for a reference that names no value of the list.</summary>
    public static string NotFoundMessage(this AttributeKind kind)
    {
        var words = kind.ToName().Replace('_', ' ');
        return $"{char.ToUpperInvariant(words[0])}{words[1..]} not found!";
    }
}
