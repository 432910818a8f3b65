using System.Text;
using System.Text.Json;
using Thena.Accounts.Api.Administration;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>
/// Runs commands in the process of the tests. A process of its own takes two seconds of CPU before it does anything;
/// <see cref="ServerProcess"/> is for tests of what only a process has: signals, environment variables, the log, a sudden end.
/// </summary>
public static class CommandRun
{
    static CommandRun()
    {
        Console.SetOut(new WriterOfRun(Console.Out, run => run.Output));
        Console.SetError(new WriterOfRun(Console.Error, run => run.Error));
    }

    /// <summary>Runs a command, and returns its exit code and what it has printed.</summary>
    /// <param name="connectionString">The connection string of the database.</param>
    /// <param name="arguments">The command and its options.</param>
    public static Task<(int ExitCode, string Output, string Error)> OnDatabaseAsync(string connectionString, params string[] arguments) =>
        WithoutDatabaseAsync([.. arguments, $"--ConnectionStrings:Accounts={connectionString}"]);

    /// <summary>Runs a command that must succeed, and returns what it has printed last, as JSON.</summary>
    /// <inheritdoc cref="OnDatabaseAsync"/>
    public static async Task<JsonElement> SucceedAsync(string connectionString, params string[] arguments)
    {
        var (exitCode, output, error) = await OnDatabaseAsync(connectionString, arguments);
        Assert.True(exitCode == 0, error);
        return JsonElement.Parse(output.TrimEnd().Split('\n')[^1]);
    }

    /// <summary>Runs a command that needs no database.</summary>
    /// <inheritdoc cref="OnDatabaseAsync"/>
    public static async Task<(int ExitCode, string Output, string Error)> WithoutDatabaseAsync(params string[] arguments)
    {
        // What an asynchronous method sets is gone when it returns.
        var run = new Run(new StringWriter(), new StringWriter());
        WriterOfRun.Current = run;
        var exitCode = await CommandLine.RunAsync(arguments);
        return (exitCode, run.Output.ToString(), run.Error.ToString());
    }

    private sealed record Run(StringWriter Output, StringWriter Error);

    /// <summary>Writes what a run prints to the run, and everything else to where it went before.</summary>
    private sealed class WriterOfRun(TextWriter others, Func<Run, TextWriter> find) : TextWriter
    {
        private static readonly AsyncLocal<Run?> Running = new();

        public static Run? Current { set => Running.Value = value; }

        public override Encoding Encoding => others.Encoding;

        private TextWriter Writer => Running.Value is { } run ? find(run) : others;

        public override void Write(char value) => Writer.Write(value);

        public override void Write(char[] buffer, int index, int count) => Writer.Write(buffer, index, count);

        public override void Write(string? value) => Writer.Write(value);

        public override void Flush() => Writer.Flush();
    }
}
