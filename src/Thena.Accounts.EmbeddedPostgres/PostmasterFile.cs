using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>The content of <c>postmaster.pid</c>, which describes the server that runs, or last ran, in a data folder.</summary>
internal sealed record PostmasterFile(int ProcessId, int? Port)
{
    private const int ProcessIdLine = 0;
    private const int PortLine = 3;

    /// <summary>
    /// Whether the process may be a running server. Only what is certainly none counts as dead: a process ID that nobody has, or that
    /// belongs to another program since a crash, or a killed server that remains as a zombie. A server that this process is not allowed to
    /// look at counts as living: its file must not be deleted.
    /// </summary>
    public bool MayNameLivingServer
    {
        get
        {
            try
            {
                using var process = Process.GetProcessById(ProcessId);
                return OperatingSystem.IsLinux()
                    ? IsServer(File.ReadAllText($"/proc/{ProcessId}/stat"))
                    : IsServerName(process.ProcessName);
            }
            catch (ArgumentException)
            {
                return false; // no such process
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or Win32Exception)
            {
                return true;
            }
        }
    }

    /// <summary>Reads the file. Returns null if it is missing or empty. PostgreSQL writes the port shortly after the process ID.</summary>
    public static PostmasterFile? Read(string path)
    {
        var lines = SharedFile.ReadLines(path);
        return ReadNumber(lines, ProcessIdLine) is { } processId ? new PostmasterFile(processId, ReadNumber(lines, PortLine)) : null;
    }

    /// <summary>
    /// Reads "123 (postgres) S 1 …". Everyone may read this file of every process. The path of its program is shown only to its user and
    /// to those with the capability CAP_SYS_PTRACE, which root in a container does not have.
    /// </summary>
    private static bool IsServer(string stat)
    {
        const char Zombie = 'Z';
        const char Dead = 'X';
        var (nameStart, nameEnd) = (stat.IndexOf('(', StringComparison.Ordinal) + 1, stat.LastIndexOf(')'));
        return IsServerName(stat[nameStart..nameEnd]) && stat[nameEnd + 2] is not (Zombie or Dead);
    }

    private static bool IsServerName(string name) => name.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);

    private static int? ReadNumber(string[] lines, int line) =>
        int.TryParse(lines.ElementAtOrDefault(line), CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
