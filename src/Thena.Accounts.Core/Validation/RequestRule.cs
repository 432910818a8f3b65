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
