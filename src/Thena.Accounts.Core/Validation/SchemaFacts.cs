namespace Thena.Accounts.Core.Validation;

/// <summary>What a rule says about a member, in the words of JSON Schema, so that the API document is made from the rules themselves.</summary>
public sealed class SchemaFacts
{
    /// <summary>The member has to be there.</summary>
    public bool Required { get; set; }

    /// <summary>The member may not be <c>null</c>.</summary>
    public bool NotNull { get; set; }

    /// <summary>Fewest characters.</summary>
    public int? MinLength { get; set; }

    /// <summary>Most characters, in UTF-16 units.</summary>
    public int? MaxLength { get; set; }

    /// <summary>A regular expression that the text matches.</summary>
    public string? Pattern { get; set; }

    /// <summary>Smallest number.</summary>
    public decimal? Minimum { get; set; }

    /// <summary>Largest number.</summary>
    public decimal? Maximum { get; set; }

    /// <summary>The number that all stay below.</summary>
    public decimal? Below { get; set; }

    /// <summary>Fewest items.</summary>
    public int? MinItems { get; set; }

    /// <summary>Most items.</summary>
    public int? MaxItems { get; set; }

    /// <summary>The values that are allowed.</summary>
    public IReadOnlyList<string>? Values { get; set; }

    /// <summary>What is said of each item of a list.</summary>
    public SchemaFacts? Items { get; set; }
}
