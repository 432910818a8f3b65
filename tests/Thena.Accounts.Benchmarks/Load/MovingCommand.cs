using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Benchmarks.Load;

/// <summary>
/// Compares exports and imports of many contacts with <c>COPY</c>. Each contact is linked to one account. The commands run in processes of
/// their own, as an operator runs them, and their start counts.
/// </summary>
internal static class MovingCommand
{
    private const int Accounts = 10_000;

    /// <summary>Runs all cases and prints a table.</summary>
    public static async Task<int> RunAsync(string[] options)
    {
        if (
            options is not ([] or ["--contacts", _])
                || !int.TryParse(options.LastOrDefault() ?? "1000000", NumberStyles.None, CultureInfo.InvariantCulture, out var contacts))
        {
            await Console.Error.WriteLineAsync("Options: --contacts N.");
            return 2;
        }

        await using var database = await BenchmarkDatabase.StartAsync();
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Console.Error.WriteLine("Seeding");
            await Seed.AccountsAsync(database, database.OrganizationId, 1, Accounts);
            await Seed.ContactsAsync(database, database.OrganizationId, 1, contacts, Accounts);
            Console.WriteLine(await MeasureAsync(database, folder, contacts));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task<string> MeasureAsync(BenchmarkDatabase database, string folder, int contacts)
    {
        var rows = Path.Combine(folder, "contacts.copy");
        var copyTable = await CopyOutAsync(
            database, $"select * from contacts where organization_id = '{database.OrganizationId.ToGuid()}' order by id", rows);
        var export = await RunAsync(database, "export", "--organization", database.OrganizationId.ToString(), "--to", folder);
        var copySame = await CopyOutAsync(database, await FindExportStatementAsync(database), rows);
        var copyIn = await CopyInAsync(database, rows);
        var target = await database.CreateOrganizationAsync("Target", OrganizationTier.Enterprise);
        var import = await RunAsync(database, "import", "files", folder, "--organization", target.ToString());
        var again = await RunAsync(database, "import", "files", folder, "--organization", target.ToString());

        return new StringBuilder("| command | contacts/s | COPY/s | ratio | MB |\n|---|---|---|---|---|\n")
            .AppendLine(Row("export, and `COPY` of the same rows", export, copySame))
            .AppendLine(Row("export, and `COPY` of the table alone", export, copyTable))
            .AppendLine(Row("import files", import, copyIn))
            .AppendLine(Row("import files, a second time", again, copyIn))
            .ToString();

        string Row(string name, (TimeSpan Elapsed, long Bytes) run, TimeSpan copy) => string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {contacts / run.Elapsed.TotalSeconds:0} | {contacts / copy.TotalSeconds:0} | {copy / run.Elapsed:0.00} "
                + $"| {run.Bytes / 1_000_000} |");
    }

    /// <summary>Returns the statement that the export has sent: contacts with their types, accounts and custom field values.</summary>
    private static async Task<string> FindExportStatementAsync(BenchmarkDatabase database)
    {
        var statement = (await database.QueryAsync<string>(
            "select query from pg_stat_statements where query like 'select r.%(select r.* from contacts r where %) r%order by %'")).Single();
        return statement.Replace("$1", $"'{database.OrganizationId.ToGuid()}'::uuid", StringComparison.Ordinal);
    }

    /// <summary>Copies the rows of a query to a file.</summary>
    private static async Task<TimeSpan> CopyOutAsync(BenchmarkDatabase database, string query, string path)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        var started = Stopwatch.GetTimestamp();
        await using (var file = File.Create(path))
        {
            await using var copy = await connection.BeginRawBinaryCopyAsync($"copy ({query}) to stdout (format binary)");
            await copy.CopyToAsync(file);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Copies the rows into another organization of the same tables, and then inserts their links.</summary>
    private static async Task<TimeSpan> CopyInAsync(BenchmarkDatabase database, string path)
    {
        var organization = await database.CreateOrganizationAsync("Copy", OrganizationTier.Enterprise);
        var (source, target) = (database.OrganizationId.ToGuid(), organization.ToGuid());
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();

        // COPY cannot change the organization, so the file has rows of another one in advance. That is not measured.
        var columns = string.Join(", ", (await database.QueryAsync<string>(
            "select column_name::text from information_schema.columns where table_name = 'contacts' order by ordinal_position"))
            .Select(column => column == "organization_id" ? $"'{target}'::uuid as organization_id"
                : column == "contact_type_id"
                    ? $"(select id from attribute_values where organization_id = '{target}' and kind = 'contact_type' and is_default) "
                        + $"as {column}"
                : column));
        await using (var file = File.Create(path))
        {
            await using var copy = await connection.BeginRawBinaryCopyAsync(
                $"copy (select {columns} from contacts where organization_id = '{source}' order by id) to stdout (format binary)");
            await copy.CopyToAsync(file);
        }

        var accountColumns = string.Join(", ", await database.QueryAsync<string>(
            "select column_name::text from information_schema.columns where table_name = 'accounts' and column_name not in "
                + "('organization_id', 'status_id', 'classification_id', 'health_id', 'industry_id', 'account_owner_id')"));
        await database.ExecuteAsync(
            $"insert into accounts (organization_id, {accountColumns}) select '{target}', {accountColumns} from accounts "
                + $"where organization_id = '{source}'");

        var started = Stopwatch.GetTimestamp();
        await using (var file = File.OpenRead(path))
        {
            await using var copy = await connection.BeginRawBinaryCopyAsync("copy contacts from stdin (format binary)");
            await file.CopyToAsync(copy);
        }

        await database.ExecuteAsync(
            $"insert into account_contacts (organization_id, account_id, contact_id) select '{target}', account_id, contact_id "
                + $"from account_contacts where organization_id = '{source}'");
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Runs a command of the server program.</summary>
    /// <returns>The time it took, and the largest memory that was resident.</returns>
    private static async Task<(TimeSpan Elapsed, long Bytes)> RunAsync(BenchmarkDatabase database, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Thena.Accounts.Api.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["ConnectionStrings__Accounts"] = database.ConnectionString;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        long bytes = 0;
        while (!ended.IsCompleted)
        {
            bytes = Math.Max(bytes, ResidentBytes(process));
            await Task.WhenAny(ended, Task.Delay(50));
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        return process.ExitCode == 0
            ? (elapsed, bytes)
            : throw new InvalidOperationException($"{arguments[0]} ended with {process.ExitCode}: {await output}");
    }

    private static long ResidentBytes(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // The process has just ended.
            return 0;
        }
    }
}
