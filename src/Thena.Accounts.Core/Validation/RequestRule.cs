using FluentValidation;
using FluentValidation.Validators;

namespace Thena.Accounts.Core.Validation;

/// <summary>A rule over one member of a request, which also tells what it asks.</summary>
/// <typeparam name="T">The request.</typeparam>
/// <typeparam name="TProperty">The member's type.</typeparam>
/// <param name="name">The rule's name.</param>
/// <param name="check">Gives what is wrong, as the end of a sentence that starts with the member's path, or <see langword="null"/>.</param>
/// <param name="describe">Adds to the facts of the member.</param>
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

/// <summary>A rule that can tell what it asks of a member.</summary>
public interface IDescribesMember
{
    /// <summary>Adds what the rule asks to the facts of its member.</summary>
    void Describe(SchemaFacts facts);
}

/// <summary>
/// What a rule says about a member, in the words of JSON Schema, so that the API document is made from the rules themselves.
/// </summary>
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
