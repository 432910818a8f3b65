using System.Text.Json;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Tests.Records;

/// <summary>The details of one record, for the kinds for which the API reference has lists alone.</summary>
public sealed class RecordDetailsTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string Contacts = "contacts", Relationships = "relationships";

    public static TheoryData<string> Kinds { get; } = [Contacts, Relationships, Feature.Activities, Feature.Notes, Feature.Tasks];

    public static TheoryData<string, string, string> Messages { get; } = new()
    {
        { Contacts, "Contact not found!", "Contact ID is required!" },
        { Relationships, "Relationship not found!", "Relationship ID is required!" },
        { Feature.Activities, "Account activity not found", "Activity ID is required!" },
        { Feature.Notes, "Account note not found", "Note ID is required!" },
        { Feature.Tasks, "Account task not found", "Task ID is required!" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Get_OfAnExistingRecord_AnswersItAsTheListDoes(string kind)
    {
        var tenant = await server.CreateTenantAsync();
        var other = await CreateAsync(tenant, kind);
        var record = await CreateAsync(tenant, kind);

        var details = (await tenant.Client.Get(PathOf(kind, record))).Expect(200);

        var listed = (await tenant.Client.Get(PathOf(kind))).Expect(200).Json.EnumerateArray().ToList();
        Assert.Equal([record, other], listed.Select(item => item.Text("id")));
        Assert.Equal(listed[0].GetRawText(), details.Text);
        Assert.Equal(details.Text, (await tenant.Client.Get(PathOf(kind, record.ToLowerInvariant()))).Expect(200).Text);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Get_WithIfNoneMatch_AnswersNotModifiedOnlyWhileTheBodyIsTheSame(string kind)
    {
        var tenant = await server.CreateTenantAsync();
        var path = PathOf(kind, await CreateAsync(tenant, kind));
        var first = (await tenant.Client.Get(path)).Expect(200);
        var tag = first.Headers["ETag"];

        Assert.StartsWith($"\"{first.TextOf("updatedAt")}-", tag, StringComparison.Ordinal);
        var unchanged = (await tenant.Client.Get(path, ("If-None-Match", tag))).Expect(304);
        Assert.Equal(("", tag), (unchanged.Text, unchanged.Headers["ETag"]));
        var change = kind switch
        {
            Contacts => (object)new { lastName = "New" },
            Relationships => new { relationshipType = "Parent", metadata = new { changed = true } },
            _ => new { metadata = new { changed = true } },
        };
        var updated = (await tenant.Client.Send(HttpMethod.Put, path, change, headers: ("If-Match", tag))).Expect(200);
        var changed = (await tenant.Client.Get(path, ("If-None-Match", tag))).Expect(200);
        Assert.Equal((updated.Text, updated.Headers["ETag"]), (changed.Text, changed.Headers["ETag"]));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Get_OfARecordThatIsNotThere_AnswersWhatTheUpdateAnswers(string kind, string notFound, string required)
    {
        var tenant = await server.CreateTenantAsync();
        var stranger = await server.CreateTenantAsync();
        var deleted = await CreateAsync(tenant, kind);
        (await tenant.Client.Delete(PathOf(kind, deleted))).Expect(200);

        foreach (var id in (string[])[deleted, await CreateAsync(stranger, kind), Given.UnknownId, "nonsense", $"{deleted}0"])
        {
            (await tenant.Client.Get(PathOf(kind, id))).ExpectError(404, notFound);
            (await tenant.Client.Get(PathOf(kind, id), ("If-None-Match", "*"))).ExpectError(404, notFound);
        }

        foreach (var blank in (string[])["%20", "%09"])
        {
            (await tenant.Client.Get(PathOf(kind, blank))).ExpectError(400, required);
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Get_OnTheFreeTier_WorksLikeTheList(string kind, string notFound, string required)
    {
        var tenant = await server.CreateTenantAsync(OrganizationTier.Free);

        (await tenant.Client.Get(PathOf(kind))).Expect(200);
        (await tenant.Client.Get(PathOf(kind, Given.UnknownId))).ExpectError(404, notFound);
        (await tenant.Client.Get(PathOf(kind, "%20"))).ExpectError(400, required);
        using var anonymous = server.CreateClient();
        (await anonymous.Get(PathOf(kind, Given.UnknownId))).ExpectError(401, "User is not authenticated!");
    }

    [Fact]
    public async Task Get_OfAPrivateNote_FindsItForItsAuthorOnly()
    {
        var (tenant, accountId) = await server.CreateTenantWithAccountAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        var note = await tenant.CreateRecordAsync(Feature.Notes, accountId, new { visibility = "private" });
        var path = PathOf(Feature.Notes, note.Id);

        Assert.Equal(note.Text, (await tenant.Client.Get(path)).Expect(200).Text);
        (await colleague.Client.Get(path)).ExpectError(404, Feature.NotFoundOf(Feature.Notes));
        (await tenant.UpdateRecordAsync(Feature.Notes, note.Id, new { visibility = "team" })).Expect(200);
        (await colleague.Client.Get(path)).Expect(200);
    }

    [Fact]
    public async Task Get_OfFixedPaths_IsNotReadAsAnId()
    {
        var tenant = await server.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();

        var found = (await tenant.Client.Get($"{Paths.Contacts}/search?email={contact.TextOf("email")}")).Expect(200);
        Assert.Equal([contact.Id], found.Each("id"));
        Assert.Equal(JsonValueKind.Array, (await tenant.Client.Get(Paths.RelationshipTypes)).Expect(200).Json.ValueKind);
        (await tenant.Client.Get($"{Paths.Contacts}/filter")).ExpectError(404, $"Cannot GET {Paths.Contacts}/filter");
    }

    private static string PathOf(string kind, string? id = null) => Feature.PathOf(kind, id);

    private static async Task<string> CreateAsync(Tenant tenant, string kind)
    {
        var account = await tenant.CreateAccountAsync();
        return kind switch
        {
            Contacts => (await tenant.CreateContactAsync(new { accountIds = new[] { account.Id } })).Id,
            Relationships =>
                (await tenant.PostRelationshipAsync(account.Id, (await tenant.CreateAccountAsync()).Id, "Partner")).Expect(201).Id,
            _ => (await tenant.CreateRecordAsync(kind, account.Id)).Id,
        };
    }
}
