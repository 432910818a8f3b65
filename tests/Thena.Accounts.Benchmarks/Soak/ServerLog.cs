using System.Text.Json;

namespace Thena.Accounts.Benchmarks.Soak;

/// <summary>
/// Finds the faults in the log of the server: lines of level Error or Fatal, and those that tell of a connection to PostgreSQL out of step.
/// That the server refuses a request of the misbehaving organization with 503, because it is busy with others of it, is not a fault.
/// </summary>
internal sealed class ServerLog(Ulid misbehaving)
{
    private const int MaxLength = 160;

    private static readonly string[] SignsOfBrokenConnections = ["26000", "backend message", "protocol"];

    private readonly Dictionary<string, (string Text, int Count)> _faults = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The faults: the first line of each kind, and how often there was one.</summary>
    public IReadOnlyList<(string Text, int Count)> Faults
    {
        get
        {
            lock (_lock)
            {
                return [.. _faults.Values.OrderByDescending(fault => fault.Count)];
            }
        }
    }

    /// <summary>Reads a line: a JSON object, or else something that went wrong before the log was set up.</summary>
    public void ReadLine(string line)
    {
        var (kind, text) = line.StartsWith('{') ? FindFault(JsonElement.Parse(line)) : ("", line);
        if (text is not null)
        {
            lock (_lock)
            {
                var known = _faults.GetValueOrDefault(kind, (text[..Math.Min(text.Length, MaxLength)], 0));
                _faults[kind] = known with { Item2 = known.Item2 + 1 };
            }
        }
    }

    private (string Kind, string? Text) FindFault(JsonElement line)
    {
        var exception = Text(line, "@x").Split('\n')[0];
        var text = $"{Text(line, "@m")} {exception}".Trim();

        // A request ID can contain any digits.
        var words = Text(line, "RequestId") is { Length: > 0 } id ? text.Replace(id, "", StringComparison.Ordinal) : text;
        var isFault = (Text(line, "@l") is "Error" or "Fatal" && !IsRefusal(line))
            || Array.Exists(SignsOfBrokenConnections, sign => words.Contains(sign, StringComparison.OrdinalIgnoreCase));
        return ($"{Text(line, "@i")} {exception}", isFault ? text : null);
    }

    private bool IsRefusal(JsonElement line) =>
        Text(line, "StatusCode") == "503" && Text(line, "OrganizationId") == misbehaving.ToString();

    private static string Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) ? value.ToString() : "";
}
