namespace Thena.Accounts.Api.OpenApi;

/// <summary>Marks an operation whose body is a file in one of several media types, which the document has to show.</summary>
/// <param name="mediaTypes">The media types.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReadsFileAttribute(params string[] mediaTypes) : Attribute
{
    /// <summary>The media types.</summary>
    public IReadOnlyList<string> MediaTypes => mediaTypes;
}
