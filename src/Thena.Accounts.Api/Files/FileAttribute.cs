using Thena.Accounts.Api.Intake;

namespace Thena.Accounts.Api.Files;

/// <summary>Examples of a file that an operation reads or returns, for the document.</summary>
/// <param name="csv">An example of a CSV file.</param>
/// <param name="ndjson">An example of a file with one JSON object per line.</param>
[AttributeUsage(AttributeTargets.Method)]
internal abstract class FileAttribute(string csv, string ndjson) : Attribute
{
    /// <summary>An example for each media type.</summary>
    public IReadOnlyDictionary<string, string> Examples { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [FileTypes.Csv] = csv,
        [FileTypes.Ndjson] = ndjson,
    };
}
