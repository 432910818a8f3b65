using System.CommandLine;
using Thena.Accounts.Moving.Commands;

namespace Thena.Accounts.Api.Administration;

/// <summary>
/// The command that prints what a shell needs to complete commands and options. The shell asks the program itself, with the directive
/// <c>[suggest]</c>.
/// </summary>
internal static class CompletionCommand
{
    private const string Bash =
        """
        _thena_accounts() {
          local line="${COMP_LINE:0:COMP_POINT}" IFS=$'\n'
          line="${line#*[[:space:]]}"
          COMPREPLY=($(compgen -W "$("$1" "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _thena_accounts thena-accounts
        """;

    private const string Zsh =
        """
        #compdef thena-accounts
        _thena_accounts() {
          local line="${LBUFFER#*[[:space:]]}"
          local -a suggestions
          suggestions=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
          compadd -a suggestions || _files
        }
        compdef _thena_accounts thena-accounts
        """;

    private const string Fish =
        """
        function __thena_accounts_suggest
          set -l line (commandline -cp | string replace -r '^\S+\s' '')
          thena-accounts "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c thena-accounts -a '(__thena_accounts_suggest)'
        """;

    /// <summary>Creates <c>completion</c>.</summary>
    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "The shell: bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new CommandWithExamples(
            "completion",
            "Prints a script that makes a shell complete commands and options",
            "completion bash >/etc/bash_completion.d/thena-accounts",
            "completion zsh >\"${fpath[1]}/_thena-accounts\"",
            "completion fish >~/.config/fish/completions/thena-accounts.fish")
        {
            shell,
        };
        command.SetAction(parsed => Console.Out.WriteLine(parsed.GetValue(shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Fish,
        }));
        return command;
    }
}
