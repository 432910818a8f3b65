using System.Globalization;
using Thena.Accounts.Samples.Companies;

if (args is not [var address, var key])
{
    await Console.Error.WriteLineAsync("usage: dotnet run --project samples/Thena.Accounts.Samples.Companies -- http://localhost:8000 KEY");
    return 1;
}

using var client = new HttpClient { BaseAddress = new Uri(address) };
client.DefaultRequestHeaders.Add("x-api-key", key);
var loader = new CompanyLoader(client);
var companies = Company.ReadAll();

await loader.AddIndustriesAsync(companies);
var (created, skipped) = await loader.AddAccountsAsync(companies);
Say($"{created} accounts created, {skipped} were there");

var people = companies.SelectMany(Person.Of).ToList();
await loader.IngestAsync(people.Where((_, number) => number % 3 != 2), "SLACK");
await loader.IngestAsync(people.Where((_, number) => number % 3 != 0), "ZENDESK");
Say($"{(await loader.ListContactsAsync("")).Count} contacts, three a company");

Say($"{await loader.FollowUpAsync(await loader.ListAsync(""))} companies called");
Say($"{(await loader.ListWorkAsync("tasks", "priority=high&status=pending")).Count} offers to send");

var energy = await loader.ListAsync("industry=energy&sort=name&order=ASC");
Say($"{energy.Count} in Energy, the first is {energy[0].GetProperty("name")}");

var found = await loader.ListAsync("search=bancorp");
Say($"{found.Count} with bancorp in the name");

var updated = await loader.UpdateAsync(energy[0].GetProperty("id").GetString()!, new { status = "ACTIVE", employees = 1000 });
Say($"{updated.GetProperty("name")} is {updated.GetProperty("status")}");
return 0;

static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
