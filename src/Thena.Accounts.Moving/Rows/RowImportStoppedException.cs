using Thena.Accounts.Moving.Copying;

namespace Thena.Accounts.Moving.Rows;

/// <summary>Thrown when a file cannot be read any further, after some of its rows have been imported.</summary>
/// <param name="message">Why, as one sentence.</param>
/// <param name="summary">What has been done.</param>
public sealed class RowImportStoppedException(string message, RowImportSummary summary) : RecordSourceException(message)
{
    /// <summary>What the import has done before it stopped.</summary>
    public RowImportSummary Summary => summary;
}
