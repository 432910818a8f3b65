namespace Thena.Accounts.Api.Settings;

/// <summary>A section of the configuration that options are bound to.</summary>
/// <param name="Name">The name of the section; empty for the top level.</param>
/// <param name="Options">The type of the options.</param>
internal sealed record SettingsSection(string Name, Type Options);
