namespace Thena.Accounts.Postgres.Diagnosis;

/// <summary>The outcome of a check.</summary>
public enum CheckOutcome
{
    /// <summary>Nothing has to be done.</summary>
    Ok,

    /// <summary>The server works, but something should be changed.</summary>
    Warn,

    /// <summary>The server does not work, or loses or exposes something.</summary>
    Fail,
}
