using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Attributes;

/// <summary>What can be said of a value when it is created and when it is changed.</summary>
public abstract record AttributeValueFields
{
    /// <summary>Its text, unique in its list in any case.</summary>
    /// <example>ONBOARDING</example>
    public Optional<string?> Value { get; init; }

    /// <summary>The name of a Hero icon.</summary>
    /// <example>rocket-launch</example>
    public Optional<string?> Icon { get; init; }

    /// <summary>A colour, <c>#RRGGBB</c>.</summary>
    /// <example>#2563EB</example>
    public Optional<string?> Color { get; init; }

    /// <summary>Only for <c>task_status</c>: whether tasks in it are done with.</summary>
    /// <example>false</example>
    public Optional<bool?> IsClosed { get; init; }

    /// <summary>Whether records get it when none is given. It takes this from the value that had it.</summary>
    /// <example>false</example>
    public Optional<bool?> IsDefault { get; init; }
}
