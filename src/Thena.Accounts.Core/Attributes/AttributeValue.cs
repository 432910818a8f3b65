using Thena.Accounts.Core.Common;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Attributes;

/// <summary>A value of one of the organization's pick lists.</summary>
public sealed class AttributeValue : Record
{
    /// <summary>The list it belongs to.</summary>
    public required AttributeKind Kind { get; init; }

    /// <summary>Its text.</summary>
    public required string Value { get; set; }

    /// <summary>The text in lower case, by which it is unique in its list and found.</summary>
    public string ValueKey
    {
        get => Texts.Key(Value);
        private set => _ = value;
    }

    /// <summary>The name of a Hero icon.</summary>
    public string? Icon { get; set; }

    /// <summary>A colour, <c>#RRGGBB</c>.</summary>
    public string? Color { get; set; }

    /// <summary>For a task status: whether tasks in it are done with.</summary>
    public bool? IsClosed { get; set; }

    /// <summary>Whether records get this value when none is given. At most one of a list is.</summary>
    public bool IsDefault { get; set; }
}
