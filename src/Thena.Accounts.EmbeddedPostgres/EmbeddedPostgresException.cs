namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>PostgreSQL could not be found, started or used. The message says why and, where there is one, the remedy.</summary>
public sealed class EmbeddedPostgresException : Exception
{
    /// <summary>Creates the exception with its message.</summary>
    public EmbeddedPostgresException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its message and what caused it.</summary>
    public EmbeddedPostgresException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
