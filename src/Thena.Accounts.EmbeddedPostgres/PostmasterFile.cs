using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>What <c>postmaster.pid</c> says of the server that works, or has last worked, in a data folder.</summary>
internal sealed record PostmasterFile(int ProcessId, int? Port)
{
    private const int ProcessIdLine = 0;
    private const int PortLine = 3;

    /// <summary>
    /// Whether the process is a living server, as far as one can tell from outside: after a crash the number may belong to another program,
    /// and a killed server may remain as a zombie, which has no module.
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

    /// <summary>Reads the file; null where there is none or nothing in it. The port is written a moment after the process id.</summary>
    public static PostmasterFile? Read(string path)
    {
        var lines = SharedFile.ReadLines(path);
        return ReadNumber(lines, ProcessIdLine) is { } processId ? new PostmasterFile(processId, ReadNumber(lines, PortLine)) : null;
    }

    private static int? ReadNumber(string[] lines, int line) =>
        int.TryParse(lines.ElementAtOrDefault(line), CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
