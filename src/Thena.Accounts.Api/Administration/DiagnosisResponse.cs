using Thena.Accounts.Postgres.Diagnosis;

namespace Thena.Accounts.Api.Administration;

/// <summary>The output of <c>doctor</c>.</summary>
/// <param name="Healthy">Whether no check has failed.</param>
/// <param name="Checks">The checks.</param>
internal sealed record DiagnosisResponse(bool Healthy, IReadOnlyList<Check> Checks);
