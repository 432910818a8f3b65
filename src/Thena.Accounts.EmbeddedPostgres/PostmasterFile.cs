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
    /// Whether the process is a running server, as far as its main module shows. After a crash, the process ID may belong to another
    /// program, and a killed server may remain as a zombie, which has no module.
    /// </summary>
    public bool NamesLivingServer
    {
        get
        {
            try
            {
                using var process = Process.GetProcessById(ProcessId);
                return Path.GetFileName(process.MainModule?.FileName ?? "").StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
            {
                return false;
            }
        }
    }

    /// <summary>Reads the file. Returns null if it is missing or empty. PostgreSQL writes the port shortly after the process ID.</summary>
    public static PostmasterFile? Read(string path)
    {
        var lines = SharedFile.ReadLines(path);
        return ReadNumber(lines, ProcessIdLine) is { } processId ? new PostmasterFile(processId, ReadNumber(lines, PortLine)) : null;
    }

    private static int? ReadNumber(string[] lines, int line) =>
        int.TryParse(lines.ElementAtOrDefault(line), CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
