using System.ComponentModel.DataAnnotations;

namespace Thena.Accounts.Api.Moving;

/// <summary>The limits on exports over HTTP.</summary>
internal sealed class ExportLimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Export";

    /// <summary>The number of exports that run at once on this instance of the server.</summary>
    [Range(1, int.MaxValue)]
    public int AtOnce { get; set; } = 8;

    /// <summary>The number of exports that run at once for each key, on this instance of the server.</summary>
    [Range(1, int.MaxValue)]
    public int AtOncePerKey { get; set; } = 2;

    /// <summary>The number of bytes per second that the client of an export must take.</summary>
    [Range(1, int.MaxValue)]
    public int MinBytesPerSecond { get; set; } = 65_536;

    /// <summary>The number of bytes per second with which all exports of this instance together are sent.</summary>
    [Range(65_536, long.MaxValue)]
    public long MaxBytesPerSecond { get; set; } = Environment.ProcessorCount * 8_388_608L;

    /// <summary>The number of seconds that the client of an export can take less, such as for a short interruption.</summary>
    [Range(1, 3_600)]
    public int PatienceSeconds { get; set; } = 30;
}
