namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>How a program ended and what it wrote.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    private const int MaxComplaintLength = 300;

    public bool Succeeded => ExitCode == 0;

    /// <summary>The beginning of what the program wrote as its error, or else at all, on one line.</summary>
    public string Complaint
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
