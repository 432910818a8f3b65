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
