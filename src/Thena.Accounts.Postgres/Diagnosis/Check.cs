namespace Thena.Accounts.Postgres.Diagnosis;

/// <summary>A check of the database or of the server's environment.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Advice">What to do, unless there is nothing to do.</param>
public sealed record Check(string Name, CheckOutcome Outcome, string Finding, string? Advice = null)
{
    /// <summary>Creates a check that found nothing to do.</summary>
    public static Check Ok(string name, string finding) => new(name, CheckOutcome.Ok, finding);

    /// <summary>Creates a check that found something that should be changed.</summary>
    public static Check Warn(string name, string finding, string advice) => new(name, CheckOutcome.Warn, finding, advice);

    /// <summary>Creates a check that found something that must be changed.</summary>
    public static Check Fail(string name, string finding, string advice) => new(name, CheckOutcome.Fail, finding, advice);
}
