namespace Thena.Accounts.Postgres.Connections;

/// <summary>Thrown when the database has answered fewer or more statements than it was asked.</summary>
internal sealed class OutOfStepException() : Exception("The answers of the database do not match the statements.");
