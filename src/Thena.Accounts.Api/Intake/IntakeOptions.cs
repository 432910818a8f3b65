using System.ComponentModel.DataAnnotations;

namespace Thena.Accounts.Api.Intake;

/// <summary>How much of the bodies of requests this instance of the server holds at the same time.</summary>
internal sealed class IntakeOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Intake";

    private const int BytesPerMegabyte = 1_024 * 1_024;

    /// <summary>The megabytes of memory for bodies that are being received or wait to be processed.</summary>
    [Range(10, int.MaxValue)]
    public int MemoryMegabytes { get; set; } = 128;

    /// <summary>The megabytes of memory for such bodies of one key.</summary>
    [Range(10, int.MaxValue)]
    public int MemoryMegabytesPerKey { get; set; } = 32;

    /// <summary>The megabytes in the temporary folder for files that are imported.</summary>
    [Range(100, int.MaxValue)]
    public int FileMegabytes { get; set; } = 300;

    /// <summary>The megabytes in the temporary folder for such files of one key.</summary>
    [Range(100, int.MaxValue)]
    public int FileMegabytesPerKey { get; set; } = 100;

    /// <summary>The seconds that a request waits until there is room for its body.</summary>
    [Range(0, 600)]
    public int WaitSeconds { get; set; } = 10;

    /// <summary>The bytes per second, on average, that a client has to send of a large body.</summary>
    [Range(1, int.MaxValue)]
    public int MinBytesPerSecond { get; set; } = 16 * 1_024;

    /// <summary>Creates the budget of bodies in memory.</summary>
    public ByteBudget CreateMemoryBudget(TimeProvider time) => Create(MemoryMegabytes, MemoryMegabytesPerKey, time);

    /// <summary>Creates the budget of files.</summary>
    public ByteBudget CreateFileBudget(TimeProvider time) => Create(FileMegabytes, FileMegabytesPerKey, time);

    private ByteBudget Create(long megabytes, long megabytesPerKey, TimeProvider time) => new(
        megabytes * BytesPerMegabyte, megabytesPerKey * BytesPerMegabyte, TimeSpan.FromSeconds(WaitSeconds), time);
}
