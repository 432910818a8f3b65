namespace Thena.Accounts.Postgres.ReferenceData;

/// <summary>All reference data of an organization, as they were at a version. Many uses share it.</summary>
/// <param name="Version">The version, read before the rest.</param>
/// <param name="Rows">The rows of each kind.</param>
internal sealed record ReferenceCopy(Guid Version, Dictionary<Type, ReferenceRows> Rows);
