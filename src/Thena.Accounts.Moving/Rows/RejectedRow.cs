namespace Thena.Accounts.Moving.Rows;

/// <summary>A row that was rejected.</summary>
/// <param name="Row">The row.</param>
/// <param name="Column">The column with the problem; <see langword="null"/> if it is not known.</param>
/// <param name="Reason">Why, as one sentence.</param>
public sealed record RejectedRow(FileRow Row, string? Column, string Reason);
