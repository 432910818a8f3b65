using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Globalization;
using Thena.Accounts.Api.Settings;

namespace Thena.Accounts.Api.Arguments;

/// <summary>Says in one sentence what is wrong with a command line, with the nearest right word.</summary>
internal static class ParseProblems
{
    /// <summary>Words that people try first, and what they are called here.</summary>
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["-v"] = "--version",
        ["-p"] = "--urls",
        ["--port"] = "--urls",
        ["run"] = "serve",
        ["server"] = "serve",
        ["start"] = "serve",
        ["version"] = "--version",
    };

    /// <summary>Returns a sentence about the first error.</summary>
    public static string Explain(ParseResult parsed)
    {
        var result = parsed.CommandResult;
        return parsed.UnmatchedTokens is [var word, ..]
            ? ExplainWord(result.Command, word)
            : ExplainMissing(result) ?? ExplainValue(parsed.Errors[0]);
    }

    /// <summary>Returns the words that call a command, after the name of the program.</summary>
    public static string Path(Command command) => string.Join(' ', Chain(command).Skip(1).Select(link => link.Name));

    private static string ExplainWord(Command command, string word)
    {
        var isOption = word.StartsWith('-');
        var name = isOption ? word.Split('=', ':')[0] : word;
        var problem = isOption ? $"There is no option {name}"
            : command.Subcommands.Count > 0 ? $"There is no command \"{name}\""
            : $"\"{Path(command)}\" takes no \"{name}\"";
        var nearest = FindSynonym(command, name)
            ?? NearestWord.Find(name, isOption ? Options(command) : Words(command))
            ?? (isOption ? null : FindDeeper(command, name));
        return nearest is null ? $"{problem}: see \"{Call(command)} --help\"."
            : isOption ? $"{problem}: did you mean {nearest}?"
            : $"{problem}: did you mean \"{nearest}\"?";
    }

    private static IEnumerable<string> Options(Command command) => command.Options.Where(option => !option.Hidden)
        .Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)))
        .Select(option => option.Name);

    private static IEnumerable<string> Words(Command command) =>
        command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name);

    private static string? FindSynonym(Command command, string name) =>
        Synonyms.TryGetValue(name, out var synonym) && Options(command).Concat(Words(command)).Contains(synonym, StringComparer.Ordinal)
            ? synonym
            : null;

    /// <summary>Finds a command of another level by its name.</summary>
    private static string? FindDeeper(Command command, string name) => command.Subcommands
        .SelectMany(child => child.Subcommands)
        .Where(child => child.Name == name)
        .Select(Path)
        .FirstOrDefault();

    private static string Call(Command command) =>
        string.Join(' ', Chain(command).Select(link => link is RootCommand root ? root.HelpName : link.Name));

    private static IEnumerable<Command> Chain(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? [.. Chain(parent), command] : [command];

    /// <summary>All that is missing, if nothing else is wrong.</summary>
    private static string? ExplainMissing(CommandResult result)
    {
        string[] missing =
        [
            .. result.Command.Arguments
                .Where(argument => argument.Arity.MinimumNumberOfValues > 0 && result.GetResult(argument) is not { Tokens.Count: > 0 })
                .Select(argument => argument.Name.ToUpperInvariant()),
            .. result.Command.Options
                .Where(option => option.Required && result.GetResult(option) is not { Implicit: false })
                .Select(option => option.Name),
        ];
        return missing.Length == 0 ? null : $"\"{Path(result.Command)}\" needs {List(missing, "and")}.";
    }

    private static string ExplainValue(ParseError error) =>
        (error.SymbolResult switch
        {
            OptionResult { Option: var option } result => ExplainValue(option.Name, option, option.ValueType, result),
            ArgumentResult { Argument: var argument } result =>
                ExplainValue(argument.Name.ToUpperInvariant(), argument, argument.ValueType, result),
            _ => null,
        })
        ?? string.Join(' ', error.Message.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    private static string? ExplainValue(string name, Symbol symbol, Type type, SymbolResult result)
    {
        string[] values = [.. result.Tokens.Select(token => token.Value)];
        if (values.Length == 0)
        {
            return $"{name} needs a value.";
        }

        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(int)
            && !int.TryParse(values[^1], NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
        {
            return $"{name} must be a whole number, not \"{values[^1]}\".";
        }

        string[] allowed = [.. symbol.GetCompletions(CompletionContext.Empty).Select(item => item.Label)];
        return allowed.Length > 0 && values.Except(allowed, StringComparer.Ordinal).FirstOrDefault() is { } wrong
            ? $"{name} must be {List(allowed, "or")}, not \"{wrong}\"."
            : null;
    }

    private static string List(string[] words, string last) =>
        words is [.. var first, var end] && first.Length > 0 ? $"{string.Join(", ", first)} {last} {end}" : words[0];
}
