namespace Thena.Accounts.Postgres.Model;

/// <summary>
/// Marks the records that many others refer to, of which each server keeps a copy in memory (ADR 18). Every change of one of them also
/// changes the reference version of the organization, in the same transaction.
/// </summary>
public interface IReferenceData;
