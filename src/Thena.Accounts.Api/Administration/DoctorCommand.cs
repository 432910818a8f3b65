using System.CommandLine;
using Thena.Accounts.Moving.Commands;
using Thena.Accounts.Postgres.Diagnosis;

namespace Thena.Accounts.Api.Administration;

/// <summary>
/// The command that checks everything that the server needs. It is no part of <c>database</c>, as it also checks what is around it.
/// </summary>
internal static class DoctorCommand
{
    /// <summary>Creates <c>doctor</c>.</summary>
    public static Command Create(CommandHost host)
    {
        var output = CommandOutput.CreateOption(isTable: true);
        var command = new CommandWithExamples(
            "doctor",
            "Checks settings, database, connections, clock and proxies, and says what to do. Changes nothing",
            "doctor",
            "doctor --output json")
        {
            output,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var checks = await ServerDiagnosis.RunAsync(host.Settings, cancellationToken);
            var isHealthy = checks.All(check => check.Outcome != CheckOutcome.Fail);
            if (parsed.IsTable(output))
            {
                Show(checks);
            }
            else
            {
                CommandOutput.WriteJson(new DiagnosisResponse(isHealthy, checks));
            }

            return isHealthy ? 0 : 1;
        });
        return command;
    }

    private static void Show(IReadOnlyList<Check> checks)
    {
        var width = checks.Max(check => check.Name.Length);
        foreach (var check in checks)
        {
            var outcome = check.Outcome.ToString().ToLowerInvariant();
            Console.Out.WriteLine(
                $"{outcome,-4}  {check.Name.PadRight(width)}  {check.Finding}{(check.Advice is null ? "" : $". {check.Advice}")}");
        }
    }
}
