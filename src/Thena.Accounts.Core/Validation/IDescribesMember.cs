namespace Thena.Accounts.Core.Validation;

/// <summary>A rule that can tell what it asks of a member.</summary>
public interface IDescribesMember
{
    /// <summary>Adds what the rule asks to the facts of its member.</summary>
    void Describe(SchemaFacts facts);
}
