namespace Thena.Accounts.Postgres.Connections;

/// <summary>Thrown when another transaction changed rows before this one could lock them.</summary>
internal sealed class TransactionCollisionException() : Exception("Another transaction changed the same rows.");
