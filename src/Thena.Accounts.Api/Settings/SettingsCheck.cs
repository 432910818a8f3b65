namespace Thena.Accounts.Api.Settings;

/// <summary>Finds settings that are not known, and values that are not valid. Knows the settings from the types of the options.</summary>
internal sealed class SettingsCheck
{
    /// <summary>How many letters the name of a section may differ from one of ours before it is taken for something else.</summary>
    private const int MaxDifference = 2;

    /// <summary>Sections that are not ours, but whose settings can be arguments.</summary>
    private static readonly string[] OtherSections = ["ConnectionStrings", "HostBuilder", "Kestrel", "Logging", "Serilog"];

    private readonly HashSet<string> _sections;
    private readonly Dictionary<string, Setting> _settings;

    public SettingsCheck(IReadOnlyCollection<SettingsSection> sections)
    {
        _sections = sections.Select(section => section.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _settings = sections.SelectMany(Setting.Of).ToDictionary(setting => setting.Path, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Returns a sentence about the first problem, or <see langword="null"/> if there is none.</summary>
    /// <param name="configuration">All settings.</param>
    /// <param name="arguments">The names of the settings that are arguments of the program.</param>
    public string? FindProblem(IConfiguration configuration, IEnumerable<string> arguments) =>
        arguments.Where(name => name.Contains(':', StringComparison.Ordinal)
            && !IsOurs(name) && !OtherSections.Contains(Section(name), StringComparer.OrdinalIgnoreCase))
            .Select(name => Unknown(name, _settings.Keys))
            .Concat(configuration.AsEnumerable()
                .Where(pair => !string.IsNullOrEmpty(pair.Value) || _settings.ContainsKey(pair.Key))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => pair.Value is { } value ? FindProblem(pair.Key, value) : null))
            .FirstOrDefault(problem => problem is not null);

    private string? FindProblem(string name, string value)
    {
        if (_settings.TryGetValue(name, out var setting))
        {
            return !setting.HasParts ? setting.Check(value)
                : value.Length == 0 ? null
                : $"{Setting.ToVariable(name)} has several values: number them, as in {Setting.ToVariable(name)}__0.";
        }

        if (_settings.Values.Any(known => known.HasParts && name.StartsWith($"{known.Path}:", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        return IsOurs(name) ? Unknown(name, _settings.Keys.Where(key => Same(Section(key), Section(name)))) : FindMisspelledSection(name);
    }

    private string? FindMisspelledSection(string name) =>
        name.Contains(':', StringComparison.Ordinal)
        && !OtherSections.Contains(Section(name), StringComparer.OrdinalIgnoreCase)
        && NearestWord.Find(name, [.. _settings.Keys, "ConnectionStrings:Accounts"], MaxDifference) is { } nearest
            ? DidYouMean(name, nearest)
            : null;

    private static string Unknown(string name, IEnumerable<string> known) =>
        NearestWord.Find(name, known) is { } nearest
            ? DidYouMean(name, nearest)
            : $"There is no setting {Setting.ToVariable(name)}: docs/configuration.md lists all settings.";

    private static string DidYouMean(string name, string nearest) =>
        $"There is no setting {Setting.ToVariable(name)}: did you mean {Setting.ToVariable(nearest)}?";

    private bool IsOurs(string name) => name.Contains(':', StringComparison.Ordinal) && _sections.Contains(Section(name));

    private static string Section(string name) => name.Split(':')[0];

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
