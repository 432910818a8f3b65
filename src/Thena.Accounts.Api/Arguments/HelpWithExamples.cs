using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Thena.Accounts.Moving.Commands;

namespace Thena.Accounts.Api.Arguments;

/// <summary>Prints the help of a command, and examples below it.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        var examples = Examples(parseResult.CommandResult.Command).ToList();
        if (examples.Count > 0)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  thena-accounts {example}");
            }

            output.WriteLine();
        }

        return exitCode;
    }

    /// <summary>A group of commands has the first example of each.</summary>
    private static IEnumerable<string> Examples(Command command) =>
        command is CommandWithExamples { Examples: [_, ..] own }
            ? own
            : command.Subcommands.OfType<CommandWithExamples>().SelectMany(child => Examples(child).Take(1));
}
