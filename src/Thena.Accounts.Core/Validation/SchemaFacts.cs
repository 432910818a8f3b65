namespace Thena.Accounts.Core.Validation;

/// <summary>
/// The requirements for a member, in the terms of JSON Schema. The API document is generated from them, so it always matches the rules.
/// </summary>
public sealed class SchemaFacts
{
    /// <summary>Whether the member must be present.</summary>
    public bool Required { get; set; }

    /// <summary>Whether <c>null</c> is refused.</summary>
    public bool NotNull { get; set; }

    /// <summary>The smallest number of characters.</summary>
    public int? MinLength { get; set; }

    /// <summary>The largest number of characters, in UTF-16 units.</summary>
    public int? MaxLength { get; set; }

    /// <summary>The regular expression that the text must match.</summary>
    public string? Pattern { get; set; }

    /// <summary>The smallest allowed number.</summary>
    public decimal? Minimum { get; set; }

    /// <summary>The largest allowed number.</summary>
    public decimal? Maximum { get; set; }

    /// <summary>The upper limit, which itself is not allowed.</summary>
    public decimal? Below { get; set; }

    /// <summary>The smallest number of items.</summary>
    public int? MinItems { get; set; }

    /// <summary>The largest number of items.</summary>
    public int? MaxItems { get; set; }

    /// <summary>The allowed values.</summary>
    public IReadOnlyList<string>? Values { get; set; }

    /// <summary>The requirements for each item of a list.</summary>
    public SchemaFacts? Items { get; set; }
}
