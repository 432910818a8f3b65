using Thena.Accounts.Postgres.Changes;

namespace Thena.Accounts.Moving.Rows;

/// <summary>How rows are imported.</summary>
/// <param name="Update">Whether existing records get the values of the row. Otherwise, they are skipped.</param>
/// <param name="DryRun">Whether nothing is written.</param>
/// <param name="Origin">Where the changes come from.</param>
public sealed record RowImportOptions(bool Update, bool DryRun, ChangeOrigin Origin);
