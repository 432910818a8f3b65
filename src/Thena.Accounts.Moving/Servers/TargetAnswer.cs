namespace Thena.Accounts.Moving.Servers;

/// <summary>What another server has done with a record.</summary>
/// <param name="Id">The ID of the record there; <see langword="null"/> if the server has refused it.</param>
/// <param name="Refusal">Why the server has refused the record, as one sentence.</param>
internal sealed record TargetAnswer(string? Id, string Refusal = "");
