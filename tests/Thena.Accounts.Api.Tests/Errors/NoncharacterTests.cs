using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Errors;

/// <summary>U+FFFE and U+FFFF are characters like others, also in texts that are compared.</summary>
public sealed class NoncharacterTests(SharedServer server) : IClassFixture<SharedServer>
{
    /// <summary>A name with a noncharacter and a decomposed letter, and the same in another case and composed.</summary>
    public static TheoryData<string, string> Names { get; } = new()
    {
        { "A\uFFFEe\u0301", "a\uFFFEÉ" },
        { "\uFFFFe\u0301", "\uFFFFÉ" },
        { "e\u0301\uFDD0\U0001FFFE", "É\uFDD0\U0001FFFE" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Names_WithANoncharacter_AreStoredComparedAndReturned(string name, string same)
    {
        var tenant = await server.CreateTenantAsync();

        await CreateOnceAsync(Paths.AttributeValues, "value", new { attribute = "account_status", value = name });
        await CreateOnceAsync(Paths.RelationshipTypes, "name", new { name });
        await CreateOnceAsync(Paths.CustomFields, "name", new { name, source = "account", fieldType = "single_line" });

        async Task CreateOnceAsync(string path, string member, object body)
        {
            var created = (await tenant.Client.Post(path, body)).Expect(201).Json;
            created = created.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? data : created;
            Assert.Equal(name, created.Text(member), ignoreCase: true);
            (await tenant.Client.Post(path, Given.Merge(body, new Dictionary<string, string> { [member] = same }))).Expect(409);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task References_WithANoncharacter_FindWhatHasTheName(string name, string same)
    {
        var (tenant, accountId) = await server.CreateTenantWithAccountAsync();
        foreach (var member in new[] { "status", "classification", "health", "industry" })
        {
            await ReferAsync($"account_{member}", member, Paths.Accounts, Given.Account());
        }

        await ReferAsync("contact_type", "contactType", Paths.Contacts, Given.Merge(new { firstName = "A", email = Given.NewEmail() }));
        foreach (var member in new[] { "type", "status" })
        {
            await ReferAsync($"activity_{member}", member, Feature.PathOf("activities"), Given.Record(tenant, "activities", accountId));
        }

        await ReferAsync("note_type", "type", Feature.PathOf("notes"), Given.Record(tenant, "notes", accountId));
        foreach (var member in new[] { "type", "status", "priority" })
        {
            await ReferAsync($"task_{member}", member, Feature.PathOf("tasks"), Given.Record(tenant, "tasks", accountId));
        }

        async Task ReferAsync(string attribute, string member, string path, object body)
        {
            (await tenant.Client.Post(path, Given.Merge(body, Reference("none" + name)))).ExpectError(
                404, (await tenant.Client.Post(path, Given.Merge(body, Reference("none")))).Expect(404).TextOf("message"));
            var value = (await tenant.CreateAttributeValueAsync(attribute, name)).TextOf("value");
            Assert.Equal(value, (await tenant.Client.Post(path, Given.Merge(body, Reference(same)))).Expect(201).TextOf(member));

            Dictionary<string, string> Reference(string text) => new() { [member] = text };
        }
    }
}
