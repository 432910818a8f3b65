using System.CommandLine;

namespace Thena.Accounts.Moving.Commands;

/// <summary>A command with examples, which its help shows.</summary>
/// <param name="name">The name of the command.</param>
/// <param name="description">What the command does.</param>
/// <param name="examples">The examples: what follows the name of the program.</param>
internal sealed class CommandWithExamples(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>The examples: what follows the name of the program.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}
