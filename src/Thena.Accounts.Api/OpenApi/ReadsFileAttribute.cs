namespace Thena.Accounts.Api.OpenApi;

/// <summary>Marks an operation whose body is a file, which the document has to show.</summary>
/// <param name="csv">An example of a CSV file.</param>
/// <param name="ndjson">An example of a file with one JSON object per line.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReadsFileAttribute(string csv, string ndjson) : Attribute
{
    /// <summary>An example for each media type.</summary>
    public IReadOnlyDictionary<string, string> Examples { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["text/csv"] = csv,
        ["application/x-ndjson"] = ndjson,
    };
}
