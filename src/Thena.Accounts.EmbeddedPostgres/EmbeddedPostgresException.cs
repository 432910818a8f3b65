namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>PostgreSQL cannot be found, started or used. The message gives the reason and, if there is one, the remedy.</summary>
public sealed class EmbeddedPostgresException : Exception
{
    /// <summary>Creates the exception with a message.</summary>
    public EmbeddedPostgresException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public EmbeddedPostgresException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
