// Calls the operations with the client of NSwag. Arguments: base address, key.
using System.Globalization;
using Thena.Accounts.Contract.Generated;

if (args is not [var baseUrl, var key])
{
    throw new ArgumentException("usage: Tour BASE_URL KEY");
}

using var http = new HttpClient { BaseAddress = new Uri(baseUrl) };
http.DefaultRequestHeaders.Add("x-api-key", key);
var api = new AccountsClient(http);
int passed = 0, failed = 0;
var word = string.Create(CultureInfo.InvariantCulture, $"cs{Guid.NewGuid():n}")[..20];
var domain = $"{word}.example";
var accountId = "none";
List<string> contactIds = [];

await Step("list accounts", async () =>
    Check(
        (await api.GetAllAccountsAsync(null, null, null, null, null, null, null, Sort.Name, Order.ASC, null, 5, null)).Count <= 5,
        "too many accounts"));

await Step("create an account", async () =>
{
    var account = await api.CreateAccountAsync(new CreateAccountRequest
    {
        Name = "Tour",
        PrimaryDomain = domain,
        AnnualRevenue = 999999999999999.1234m,
        Metadata = new Dictionary<string, object> { ["tour"] = 1 },
    });
    accountId = account.Id;
    Check(
        account.PrimaryDomain == domain && account.AnnualRevenue == 999999999999999.1234m && account.Metadata.ContainsKey("tour"),
        "another account");
});

await Step("read the account", async () =>
{
    var account = await api.GetAccountDetailsAsync(accountId);
    Check(account.Name == "Tour" && account.StatusConfiguration is not null && account.Website is null, "another account");
});

await Step("update one member", async () =>
{
    var account = await api.UpdateAccountAsync(accountId, new UpdateAccountRequest { Description = "Seen" });
    Check(account.Description == "Seen" && account.Name == "Tour" && account.AnnualRevenue is not null, "not updated");
});

await Step("create a contact of the account", async () =>
{
    var contact = await api.CreateContactAsync(
        new CreateContactRequest { FirstName = "Ada", Email = $"ada.lovelace@{domain}", AccountIds = [accountId] });
    contactIds.Add(contact.Id);
    Check(contact.Accounts.Single().Id == accountId, "not linked");
});

await Step("read the contact", async () =>
{
    var contact = await api.GetContactDetailsAsync(contactIds[0]);
    var later = await api.GetAllContactsAsync(createdAfter: contact.CreatedAt);
    Check(contact.Email == $"ada.lovelace@{domain}" && later.All(other => other.Id != contact.Id), "not the contact");
});

await Step("list attribute values", async () =>
    Check((await api.GetAllAttributeValuesAsync(AttributeKind.Account_status)).Any(value => value.Value == "ACTIVE"), "no ACTIVE"));

await Step("create a custom field, use it, delete it", async () =>
{
    var field = (await api.CreateCustomFieldAsync(new CreateCustomFieldRequest
    {
        Name = word,
        Source = CustomFieldSource.Account,
        FieldType = CustomFieldType.Single_choice,
        Options = ["gold", "silver"],
    })).Data;
    var account = await api.UpdateAccountAsync(accountId, new UpdateAccountRequest
    {
        CustomFieldValues = [new CustomFieldValueInput { CustomFieldId = field.Uid, Data = "gold" }],
    });
    Check(account.CustomFieldValues.Single().Data?.ToString() == "gold", "no value");
    await api.DeleteCustomFieldsAsync(new DeleteCustomFieldsRequest { Fields = [new DeleteCustomFieldItem { FieldId = field.Uid }] });
});

await Step("create in bulk", async () =>
{
    CreateAccountRequest again = new() { Name = "Again", PrimaryDomain = domain };
    var bulk = await api.CreateAccountsInBulkAsync(
        new CreateAccountsRequest { Accounts = [again, new() { Name = "New", PrimaryDomain = $"new-{domain}" }] });
    Check(bulk is { Created: 1, Skipped: 1 } && bulk.Results.First().Id == accountId, "other counts");
    foreach (var made in bulk.Results.Where(result => result.Status == "created"))
    {
        await api.DeleteAccountAsync(made.Id!);
    }

    Check((await api.CreateAccountsInBulkAsync(new CreateAccountsRequest { Accounts = [again] })).Skipped == 1, "not skipped");
});

await Step("ingest", async () =>
{
    var ingested = await api.IngestUsersAsync(new IngestUsersRequest
    {
        Users = [new IngestUser { FirstName = "Grace", Email = $"grace@{domain}" }],
        SinkSource = IngestSink.SLACK,
    });
    contactIds.AddRange(ingested.Data.Select(user => user.Uid));
    Check(ingested is { StatusCode: 200, Data.Count: 1 }, "other people");
});

await Step("a typed 404", async () =>
{
    var error = await Error(() => api.GetAccountDetailsAsync("nothing"));
    Check(error is { StatusCode: 404, Message: "Account not found!" }, "not the 404");
});

await Step("a typed 409", async () =>
{
    var error = await Error(() => api.CreateAccountAsync(new CreateAccountRequest { Name = "Twin", PrimaryDomain = domain }));
    Check(error is { StatusCode: 409, Error: "Conflict" } && error.ExistingId == accountId, "not the 409");
});

await Step("a typed 400", async () =>
{
    var error = await Error(() => api.CreateAccountAsync(new CreateAccountRequest { Name = "", PrimaryDomain = "" }));
    Check(error is { StatusCode: 400, Errors.Count: 2 }, "not the 400");
});

await Step("delete the contacts and the account", async () =>
{
    foreach (var contactId in contactIds)
    {
        await api.DeleteContactAsync(contactId);
    }

    await api.DeleteAccountAsync(accountId);
    Check((await Error(() => api.DeleteAccountAsync(accountId))).StatusCode == 404, "deleted twice");
});

Console.WriteLine($"{passed} passed, {failed} failed");
return failed > 0 ? 1 : 0;

async Task Step(string name, Func<Task> action)
{
    try
    {
        await action();
        passed++;
        Console.WriteLine($"ok {name}");
    }
    catch (Exception problem) when (problem is ApiException or HttpRequestException or InvalidOperationException)
    {
        failed++;
        Console.WriteLine($"not ok {name}: {problem.Message}");
    }
}

static void Check(bool condition, string what)
{
    if (!condition)
    {
        throw new InvalidOperationException(what);
    }
}

static async Task<ApiError> Error(Func<Task> action)
{
    try
    {
        await action();
    }
    catch (ApiException<ApiError> problem)
    {
        return problem.Result;
    }

    throw new InvalidOperationException("no error");
}
