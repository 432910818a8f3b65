
namespace Thena.Accounts.Api.Tests.Contacts;

/// <summary>The rules for email addresses and phone numbers, which are the same on every route.</summary>
public sealed class ContactFormTests(SharedServer server) : IClassFixture<SharedServer>
{
    private static readonly string Label = new('a', 63);

    public static TheoryData<string, bool> Emails => new()
    {
        { "ada+tag@acme.com", true },
        { "\"a b\"@acme.com", true },
        { "ada@bücher.example", true },
        { "o'neil@acme.co.uk", true },
        { $"{new string('x', 64)}@{Label}.{Label}.{Label}.{new string('b', 61)}", true },
        { $"{new string('x', 65)}@acme.com", false },
        { $"{new string('x', 64)}@{Label}.{Label}.{Label}.{new string('b', 63)}.c", false },
        { "ada", false },
        { "@acme.com", false },
        { "ada@", false },
        { "ada@acme", false },
        { "ada@@acme.com", false },
        { "a b@acme.com", false },
        { ".ada@acme.com", false },
        { "ada@acme..com", false },
        { "ada@-acme.com", false },
        { "ada@127.0.0.1", false },
        { "Ada <ada@acme.com>", false },
        { "ada@acme.com,bob@acme.com", false },
    };

    [Theory]
    [MemberData(nameof(Emails))]
    public async Task Email_InEveryRoute_HasTheSameRule(string email, bool isValid) => await ExpectEverywhereAsync("email", email, isValid);

    [Theory]
    [InlineData("+1 (555) 123-4567", true)]
    [InlineData("+1234567", true)]
    [InlineData("+123456789012345", true)]
    [InlineData("+49.30.1234567", true)]
    [InlineData("+123456", false)]
    [InlineData("+1234567890123456", false)]
    [InlineData("15551234567", false)]
    [InlineData("+1555CALLNOW", false)]
    [InlineData("++15551234567", false)]
    public async Task PhoneNumber_InEveryRoute_HasTheSameRule(string phone, bool isValid) =>
        await ExpectEverywhereAsync("phoneNumber", phone, isValid);

    private async Task ExpectEverywhereAsync(string member, string value, bool isValid)
    {
        var tenants = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.CreateTenantAsync()));
        var contact = Given.Contact(new Dictionary<string, string> { [member] = value });
        var existing = await tenants[1].CreateContactAsync();
        (string Prefix, Answer Answer)[] answers =
        [
            ("", await tenants[0].Client.Post(Paths.Contacts, contact)),
            ("", await tenants[1].PutContactAsync(existing.Id, new Dictionary<string, string> { [member] = value })),
            ("contacts[0].", await tenants[2].PostContactsAsync([contact])), ("users[0].", await tenants[3].PostIngestAsync([contact])),
        ];

        Assert.All(
            answers,
            route => _ = isValid
                ? route.Answer.Expect(route.Answer.Status is System.Net.HttpStatusCode.Created ? 201 : 200)
                : route.Answer.ExpectProblem(route.Prefix + member));
        if (isValid)
        {
            Assert.All(
                await Task.WhenAll(tenants.Select(tenant => tenant.ListAllAsync(Paths.Contacts))),
                rows => Assert.Equal(value, Assert.Single(rows).Text(member)));
        }
    }
}
