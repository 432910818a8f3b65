namespace Thena.Accounts.Core.Validation;

/// <summary>A rule that can describe its requirements.</summary>
public interface IDescribesMember
{
    /// <summary>Adds the requirements of the rule to the facts about its member.</summary>
    void Describe(SchemaFacts facts);
}
