namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>The exit code and the output of a program.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    private const int MaxComplaintLength = 300;

    public bool Succeeded => ExitCode == 0;

    /// <summary>The beginning of the error output on one line, or of the standard output if there is no error output.</summary>
    public string ErrorSummary
    {
        get
        {
            var lines = (string.IsNullOrWhiteSpace(Error) ? Output : Error)
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var line = string.Join(' ', lines);
            return line.Length <= MaxComplaintLength ? line : line[..MaxComplaintLength] + "…";
        }
    }
}
