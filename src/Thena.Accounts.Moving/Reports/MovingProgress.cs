namespace Thena.Accounts.Moving.Reports;

/// <summary>How far an import or export is.</summary>
/// <param name="Kind">The kind of record.</param>
/// <param name="Records">The number of records of this kind so far.</param>
/// <param name="Fraction">The part of them that is done, from 0 to 1; <see langword="null"/> if the rest is not known.</param>
public readonly record struct MovingProgress(string Kind, long Records, double? Fraction = null);
