using FluentValidation;
using FluentValidation.Validators;

namespace Thena.Accounts.Core.Validation;

/// <summary>A rule for one member of a request, which also describes itself for the API document.</summary>
/// <typeparam name="T">The type of the request.</typeparam>
/// <typeparam name="TProperty">The type of the member.</typeparam>
/// <param name="name">The name of the rule.</param>
/// <param name="check">
/// Returns the problem, as the end of a sentence that starts with the member's path, or <see langword="null"/> if there is none.
/// </param>
/// <param name="describe">Adds the requirements of the rule to the facts about the member.</param>
public sealed class RequestRule<T, TProperty>(string name, Func<TProperty, string?> check, Action<SchemaFacts> describe)
    : PropertyValidator<T, TProperty>, IDescribesMember
{
    private const string Problem = nameof(Problem);

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public void Describe(SchemaFacts facts) => describe(facts);

    /// <inheritdoc/>
    public override bool IsValid(ValidationContext<T> context, TProperty value)
    {
        if (check(value) is not { } problem)
        {
            return true;
        }

        context.MessageFormatter.AppendArgument(Problem, problem);
        return false;
    }

    /// <inheritdoc/>
    protected override string GetDefaultMessageTemplate(string errorCode) => "{PropertyPath} {" + Problem + "}";
}

/// <summary>A rule that can describe its requirements.</summary>
public interface IDescribesMember
{
    /// <summary>Adds the requirements of the rule to the facts about its member.</summary>
    void Describe(SchemaFacts facts);
}

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
