using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Thena.Accounts.Core.Attributes;

/// <summary>Names and properties of the pick lists.</summary>
public static class AttributeKinds
{
    private static readonly FrozenDictionary<AttributeKind, string> NameOfKind =
        Enum.GetValues<AttributeKind>().ToFrozenDictionary(kind => kind, kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()));

    private static readonly FrozenDictionary<string, AttributeKind> KindOfName =
        NameOfKind.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>All wire names, in the contract's order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<AttributeKind>().Select(ToName)];

    /// <summary>The wire name, such as <c>account_status</c>.</summary>
    public static string ToName(this AttributeKind kind) => NameOfKind[kind];

    /// <summary>The kind with a wire name.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out AttributeKind kind)
    {
        kind = default;
        return name is not null && KindOfName.TryGetValue(name, out kind);
    }

    /// <summary>The four lists that accounts refer to.</summary>
    public static IReadOnlyList<AttributeKind> OfAccounts { get; } =
        [AttributeKind.AccountStatus, AttributeKind.AccountClassification, AttributeKind.AccountHealth, AttributeKind.AccountIndustry];

    /// <summary>Whether one value has to be the default; the lists of accounts may be unset instead.</summary>
    public static bool NeedsDefault(this AttributeKind kind) => !OfAccounts.Contains(kind);

    /// <summary>The sentence that answers a reference which names no value of this kind.</summary>
    public static string NotFoundMessage(this AttributeKind kind)
    {
        var words = kind.ToName().Replace('_', ' ');
        return $"{char.ToUpperInvariant(words[0])}{words[1..]} not found!";
    }
}
