namespace Thena.Accounts.Api.Hosting;

/// <summary>Whether the server adds the demo data when it starts: <c>--demo</c>, or the setting <c>Demo</c>.</summary>
internal sealed class DemoOptions
{
    /// <summary>Whether the demo data is added. Only in Development.</summary>
    public bool Demo { get; set; }
}
