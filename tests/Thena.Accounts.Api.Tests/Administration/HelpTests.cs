using System.CommandLine;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Thena.Accounts.Api.Administration;
using Thena.Accounts.Moving.Commands;

namespace Thena.Accounts.Api.Tests.Administration;

/// <summary>The help of the program, and what it tells a shell.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("help", "thena-accounts [command] [options]", "thena-accounts keys create --user ID")]
    [InlineData("--help", "thena-accounts [command] [options]", "thena-accounts keys create --user ID")]
    [InlineData("keys", "thena-accounts keys [command] [options]", "thena-accounts keys bootstrap --organization Acme")]
    [InlineData("keys create -h", "thena-accounts keys create [options]", "thena-accounts keys create --user ID --expires-in-days 90")]
    [InlineData("help import files", "thena-accounts import files <folder> [options]", "thena-accounts import files backup")]
    public async Task Help_OfACommand_ShowsItsUseAndExamples(string arguments, string usage, string example)
    {
        var (exitCode, output, error) = await RunAsync(arguments.Split(' '));

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains($"  {usage}", output, StringComparison.Ordinal);
        Assert.Contains($"  {example}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_OfTheProgram_IsOneLine()
    {
        var (exitCode, output, error) = await RunAsync("--version");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Matches(@"^\d+\.\d+\.\d+\S*$", output.TrimEnd());
    }

    [Fact]
    public void Commands_OfTheProgram_HaveExamplesAndAreDocumented()
    {
        var page = File.ReadAllText(Page());
        var host = new CommandHost();
        var commands = Leaves(CommandLine.CreateRoot(host, new ServeCommand(host)), "").ToList();

        Assert.NotEmpty(commands);
        Assert.All(commands, command =>
        {
            Assert.Contains($"`{command.Path}", page, StringComparison.Ordinal);
            var examples = Assert.IsType<CommandWithExamples>(command.Command).Examples;
            Assert.NotEmpty(examples);
            Assert.All(examples, example => Assert.StartsWith(command.Path, example, StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _thena_accounts thena-accounts")]
    [InlineData("zsh", "compdef _thena_accounts thena-accounts")]
    [InlineData("fish", "complete -c thena-accounts")]
    public async Task Completion_ForAShell_PrintsItsScript(string shell, string line)
    {
        var (exitCode, output, error) = await RunAsync("completion", shell);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains(line, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keys cr", "create")]
    [InlineData("organizations create --ti", "--tier")]
    [InlineData("organizations create --tier ent", "enterprise")]
    public async Task Completion_InBash_CompletesTheWord(string line, string word)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no bash.");
        var words = $"thena-accounts {line}".Split(' ');
        var script =
            $$"""
            thena-accounts() { dotnet '{{typeof(Program).Assembly.Location}}' "$@"; }
            eval "$(thena-accounts completion bash)"
            COMP_LINE='thena-accounts {{line}}' COMP_POINT={{line.Length + "thena-accounts ".Length}}
            COMP_WORDS=({{string.Join(' ', words)}}) COMP_CWORD={{words.Length - 1}}
            _thena_accounts thena-accounts
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;

        Assert.Equal((0, word + "\n", ""), await bash.ReadToEndAsync());
    }

    private static string Page([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "docs", "administration.md");

    private static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [(path, command)]
        : command.Subcommands.SelectMany(child => Leaves(child, $"{path} {child.Name}".TrimStart()));

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = ServerProcess.Start(ServerProcess.NoDatabase, arguments);
        return await process.ReadToEndAsync();
    }
}
