using System.Text;

namespace Thena.Accounts.Api.Tests.Contacts;

/// <summary>One person is one contact, and one name one record, however they are written.</summary>
public sealed class SamePersonTests(SharedServer server) : IClassFixture<SharedServer>
{
    private static readonly string Decomposed = "Jörg".Normalize(NormalizationForm.FormD);

    [Theory]
    [InlineData("jörg@bücher.example", "J\u00F6RG@BÜCHER.example")]
    [InlineData("jörg@bücher.example", "jo\u0308rg@xn--bcher-kva.example")]
    [InlineData("ada@bücher.example", "ada@xn--bcher-kva.EXAMPLE.")]
    [InlineData("ada@acme.example", "ADA@acme.example.")]
    public async Task Contact_WithTheSameAddressInAnotherForm_IsAConflict(string address, string same)
    {
        var tenant = await server.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync(new { email = address });

        Assert.Equal(contact.Id, (await tenant.PostContactAsync(new { email = same })).Expect(409).TextOf("existingId"));
        Assert.Equal(contact.Id, Assert.Single((await tenant.SearchContactsAsync(same)).Each("id")));
        Assert.Equal(address, contact.TextOf("email"));
        var ingested = (await tenant.PostIngestAsync([new { firstName = "A", email = same }])).Expect(200);
        Assert.Equal(contact.Id, ingested["data"][0].Text("uid"));
        var skipped = (await tenant.PostContactsAsync([new { email = same }])).Expect(200);
        Assert.Equal((contact.Id, "skipped"), (skipped["results"][0].Text("id"), skipped["results"][0].Text("status")));
    }

    [Fact]
    public async Task Contact_WithALookAlikeOfAnotherScript_IsAnotherOne()
    {
        var tenant = await server.CreateTenantAsync();

        await tenant.CreateContactAsync(new { email = "ada@acme.example" });
        await tenant.CreateContactAsync(new { email = "\u0430da@acme.example" });
        await tenant.CreateContactAsync(new { email = "ada@\u0430cme.example" });
    }

    [Fact]
    public async Task Names_ComposedAndDecomposed_AreTheSame()
    {
        var tenant = await server.CreateTenantAsync();
        var value = await tenant.CreateAttributeValueAsync("account_industry", "Jörg");
        await tenant.CreateRelationshipTypeAsync("Jörg");
        await tenant.CreateCustomFieldAsync(new { name = "Jörg" });

        Assert.Equal(value.Id, (await tenant.PostAttributeValueAsync("account_industry", Decomposed)).Expect(409).TextOf("existingId"));
        (await tenant.PostRelationshipTypeAsync(Decomposed)).Expect(409);
        var field = new { name = Decomposed, source = "account", fieldType = "single_line" };
        (await tenant.Client.Post(Paths.CustomFields, field)).Expect(409);
        Assert.Equal(value.Id, (await tenant.CreateAccountAsync(new { industry = Decomposed })).TextOf("industryId"));
        Assert.Single((await tenant.ListAccountsAsync($"industry={Uri.EscapeDataString(Decomposed)}")).Json.EnumerateArray());
    }
}
