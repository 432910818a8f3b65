namespace Thena.Accounts.Api.Hosting;

/// <summary>Whether the server adds the demo data when it starts: <c>--demo</c>, or the setting <c>Demo</c>.</summary>
internal sealed class DemoOptions
{
    /// <summary>The option of the command line, which has no value.</summary>
    public const string Option = "--demo";

    /// <summary>Whether the demo data is added. Only in Development.</summary>
    public bool Demo { get; set; }
}
