using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Core.Tasks;
using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Moving.Files;
using Thena.Accounts.Moving.Reports;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Tests.Moving;

/// <summary>Exports of whole organizations, and their imports.</summary>
public sealed class MoveFilesTests(AccountsServer server) : IClassFixture<AccountsServer>, IDisposable
{
    private readonly DirectoryInfo _folders = Directory.CreateTempSubdirectory();

    public void Dispose() => _folders.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Import_OfAnExport_GivesTheSameExportAgain(bool isCompressed)
    {
        var source = await CreateVariedTenantAsync();
        var target = await CreateOrganizationAsync();
        var first = await ExportAsync(source.OrganizationId, isCompressed);

        var report = await ImportAsync(target, first);

        Assert.Empty(report.Refused);
        Assert.Equal(await ReadWithoutIdsAsync(first), await ReadWithoutIdsAsync(await ExportAsync(target, isCompressed)));
        Assert.Equal(await ReadIdsAsync(source.OrganizationId), await ReadIdsAsync(target));
    }

    [Fact]
    public async Task Import_ASecondTime_WritesNothing()
    {
        var target = await CreateOrganizationAsync();
        var folder = await ExportAsync((await CreateVariedTenantAsync()).OrganizationId);
        await ImportAsync(target, folder);
        var before = await server.ReadContentAsync();

        var report = await ImportAsync(target, folder);

        Assert.Equal(before, await server.ReadContentAsync());
        Assert.All(report.Kinds, kind => Assert.Equal((kind.Read, 0, 0, 0), (kind.Unchanged, kind.Created, kind.Changed, kind.Refused)));
    }

    [Fact]
    public async Task Import_ByManyAtOnce_RunsOneAndRefusesTheOthers()
    {
        var source = await CreateVariedTenantAsync();
        var target = await CreateOrganizationAsync();
        var folder = await ExportAsync(source.OrganizationId);

        var errors = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ => (await StartImportAsync(target, folder)).Error?.Message));

        Assert.Contains(null, errors);
        Assert.All(
            errors.OfType<string>(), error => Assert.Equal("Another import into this organization is running. Wait for its end.", error));
        Assert.Equal(await ReadWithoutIdsAsync(folder), await ReadWithoutIdsAsync(await ExportAsync(target)));
    }

    [Fact]
    public async Task Import_OfALaterExport_BringsWhatHasChangedAndWhatIsNew()
    {
        var source = await CreateVariedTenantAsync();
        var target = await CreateOrganizationAsync();
        await ImportAsync(target, await ExportAsync(source.OrganizationId));
        var note = (await source.ListRecordsAsync(Feature.Notes)).Json[0];
        await source.UpdateRecordAsync(Feature.Notes, note.Text("id"), new { content = "Changed." });
        await source.DeleteAttachmentAsync(Feature.Notes, note.Text("id"), note.GetProperty("attachments")[0].Text("id"));
        await source.CreateContactAsync(new { firstName = "New" });

        var report = await ImportAsync(target, await ExportAsync(source.OrganizationId));

        Assert.Equal((1, 0), Numbers(report, ContactKind.Plural));
        Assert.Equal((0, 1), Numbers(report, NoteKind.Plural));
        Assert.Equal((0, 0), Numbers(report, AccountKind.Plural));
        Assert.Equal(
            await ReadWithoutIdsAsync(await ExportAsync(source.OrganizationId)), await ReadWithoutIdsAsync(await ExportAsync(target)));
    }

    [Fact]
    public async Task Import_IntoAnOrganizationWithTheSameAccount_UpdatesThatAccount()
    {
        var source = await server.CreateTenantAsync();
        var target = await server.CreateTenantAsync();
        var domain = Given.NewDomain();
        await source.CreateAccountAsync(new { name = "Source", primaryDomain = domain });
        await source.CreateAccountAsync();
        var existing = await target.CreateAccountAsync(new { name = "Target", primaryDomain = domain });

        var report = await ImportAsync(target.OrganizationId, await ExportAsync(source.OrganizationId));

        Assert.Equal((1, 1), Numbers(report, AccountKind.Plural));
        Assert.Equal("Source", (await target.Client.Get($"/v1/accounts/{existing.Id}")).Expect(200).TextOf("name"));
    }

    [Fact]
    public async Task Import_OfARecordThatWasDeletedHere_DoesNotCreateItAgain()
    {
        var source = await CreateVariedTenantAsync();
        var target = await server.CreateTenantAsync();
        await ImportAsync(target.OrganizationId, await ExportAsync(source.OrganizationId));
        var note = (await source.ListRecordsAsync(Feature.Notes)).Json[0].Text("id");
        await source.UpdateRecordAsync(Feature.Notes, note, new { content = "Changed." });
        (await target.DeleteRecordAsync(Feature.Notes, note)).Expect(200);

        var report = await ImportAsync(target.OrganizationId, await ExportAsync(source.OrganizationId));

        Assert.Empty(report.Refused);
        Assert.Empty((await target.ListRecordsAsync(Feature.Notes, $"noteId={note}")).Json.EnumerateArray());
    }

    [Fact]
    public async Task Import_IntoTheOrganizationItComesFrom_RestoresTheRecords()
    {
        var source = await CreateVariedTenantAsync();
        var folder = await ExportAsync(source.OrganizationId);
        var expected = await ReadWithoutIdsAsync(folder);
        var note = (await source.ListRecordsAsync(Feature.Notes)).Json[0].Text("id");
        await source.UpdateRecordAsync(Feature.Notes, note, new { content = "Changed." });

        var report = await ImportAsync(source.OrganizationId, folder);

        Assert.Empty(report.Refused);
        Assert.Equal((0, 0), (report.Kinds.Sum(kind => kind.Created), Numbers(report, TaskKind.Plural).Changed));
        var restored = await source.GetRecordAsync(Feature.Notes, note);
        Assert.Contains(restored.Text("content"), expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_AsADryRun_SaysWhatItWouldDoAndWritesNothing()
    {
        var target = await CreateOrganizationAsync();
        var folder = await ExportAsync((await CreateVariedTenantAsync()).OrganizationId);
        var before = await server.ReadContentAsync();

        var report = await ImportAsync(target, folder, new ImportOptions { DryRun = true });

        Assert.Equal(before, await server.ReadContentAsync());
        Assert.Equal((3, 0), Numbers(report, AccountKind.Plural));
    }

    [Fact]
    public async Task Import_OfRecordsWhoseAccountIsMissing_RefusesThemWithTheReason()
    {
        var source = await server.CreateTenantAsync();
        var accountId = (await source.CreateAccountAsync()).Id;
        var note = await source.CreateRecordAsync(Feature.Notes, accountId);
        var folder = await ExportAsync(source.OrganizationId);
        await RewriteAsync(folder, "accounts.ndjson", "");

        var report = await ImportAsync(await CreateOrganizationAsync(), folder);

        Assert.Equal(
            new RefusedRecord(NoteKind.Plural, note.Id, $"accountId: the record {accountId} (accounts) has not been imported"),
            Assert.Single(report.Refused));
    }

    [Fact]
    public async Task Import_OfLinesThatAreNoRecords_RefusesThem()
    {
        var folder = await ExportAsync(await CreateOrganizationAsync());
        await RewriteAsync(folder, "accounts.ndjson", "nonsense\n[]\n{\"name\":\"No ID\"}\n{\"id\":\"1\",\"name\":\"No domain\"}");

        var report = await ImportAsync(await CreateOrganizationAsync(), folder);

        Assert.Equal(4, report.Kinds.Single(kind => kind.Kind == AccountKind.Plural).Refused);
        Assert.Equal(("1", "primaryDomain is required"), (report.Refused[^1].Id, report.Refused[^1].Reason));
    }

    [Theory]
    [InlineData("changed", "The file accounts.ndjson has changed since the export")]
    [InlineData("missing", "The file accounts.ndjson is missing")]
    [InlineData("no manifest", "is not the folder of a complete export")]
    [InlineData("broken manifest", "is not a valid manifest")]
    public async Task Import_OfAFolderThatIsNotComplete_IsRefused(string damage, string message)
    {
        var folder = await ExportAsync(await CreateOrganizationAsync());
        switch (damage)
        {
            case "changed":
                await File.AppendAllTextAsync(Path.Combine(folder, "accounts.ndjson"), "{}", TestContext.Current.CancellationToken);
                break;
            case "missing":
                File.Delete(Path.Combine(folder, "accounts.ndjson"));
                break;
            case "no manifest":
                File.Delete(Path.Combine(folder, ExportManifest.FileName));
                break;
            default:
                await File.WriteAllTextAsync(
                    Path.Combine(folder, ExportManifest.FileName), "{", TestContext.Current.CancellationToken);
                break;
        }

        var refused = await Assert.ThrowsAsync<RecordSourceException>(
            () => FolderSource.OpenAsync(folder, TestContext.Current.CancellationToken));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandLine_ExportsAndImports_WithAReport()
    {
        var source = await CreateVariedTenantAsync();
        var target = await CreateOrganizationAsync();
        var folder = Path.Combine(_folders.FullName, "command");

        var exported = await CommandRun.SucceedAsync(
            server.ConnectionString, "export", "--organization", source.OrganizationId, "--to", folder, "--gzip");
        var imported = await CommandRun.SucceedAsync(server.ConnectionString, "import", "files", folder, "--organization", target);

        Assert.Equal("accounts.ndjson.gz", exported.GetProperty("files")[4].Text("name"));
        Assert.Contains(
            imported.GetProperty("kinds").EnumerateArray(),
            kind => kind.Text("kind") == ContactKind.Plural && kind.GetProperty("created").GetInt32() == 2);
        await File.AppendAllTextAsync(Path.Combine(folder, "accounts.ndjson.gz"), "x", TestContext.Current.CancellationToken);
        await ExpectFailureAsync("import", "files", folder, "--organization", target);
        await ExpectFailureAsync("export", "--organization", Given.UnknownId, "--to", folder);
    }

    private static (long Created, long Changed) Numbers(ImportReport report, string kind)
    {
        var numbers = report.Kinds.Single(one => one.Kind == kind);
        return (numbers.Created, numbers.Changed);
    }

    private static async Task RewriteAsync(string folder, string file, string content)
    {
        var (path, manifestPath) = (Path.Combine(folder, file), Path.Combine(folder, ExportManifest.FileName));
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(manifestPath, TestContext.Current.CancellationToken))!;
        manifest["files"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == file)!["sha256"] =
            Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)));
        await File.WriteAllTextAsync(manifestPath, manifest.ToJsonString(), TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// Reads all records of an export. IDs become the position of their record. What an organization may have had before comes in the order
    /// of its names, and without times.
    /// </summary>
    private static async Task<string> ReadWithoutIdsAsync(string folder)
    {
        var source = await FolderSource.OpenAsync(folder, TestContext.Current.CancellationToken);
        Dictionary<string, string> positions = [];
        List<string> records = [];
        foreach (var kind in RecordKinds.All.Select(one => one.Name))
        {
            List<JsonObject> ofKind = [];
            await foreach (var json in source.ReadAsync(kind, TestContext.Current.CancellationToken))
            {
                var record = JsonNode.Parse(json.Span)!.AsObject();
                if (kind is UserKind.Plural or AttributeValueKind.Plural or RelationshipTypeKind.Plural)
                {
                    record.Remove("createdAt");
                    record.Remove("updatedAt");
                }

                record.Remove("organizationId");
                (record["relationshipType"] as JsonObject)?.Remove("createdAt");
                (record["relationshipType"] as JsonObject)?.Remove("updatedAt");
                ofKind.Add(record);
            }

            ofKind = kind is AttributeValueKind.Plural or RelationshipTypeKind.Plural
                ? [.. ofKind.OrderBy(NameOf, StringComparer.Ordinal)]
                : ofKind;
            foreach (var (position, record) in ofKind.Index())
            {
                positions[(record["id"] ?? record["uid"])!.GetValue<string>()] = $"{kind} {position}";
                records.Add(record.ToJsonString());
            }
        }

        return positions.Aggregate(
            string.Join('\n', records), (text, position) => text.Replace(position.Key, position.Value, StringComparison.Ordinal));
    }

    private static string NameOf(JsonObject record) => $"{record["attribute"]} {record["value"]} {record["name"]}";

    /// <summary>Creates an organization with records of all kinds. Some of them are older than rules that would refuse them now.</summary>
    private async Task<Tenant> CreateVariedTenantAsync()
    {
        var tenant = await server.CreateTenantAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        var field = (await tenant.CreateCustomFieldAsync(new { name = "Tier" })).Text("uid");
        var number = await tenant.CreateIntegerFieldAsync(new { source = "customer_contact" });
        await tenant.CreateAttributeValueAsync("account_status", "Paused");
        var partner = await tenant.CreateAccountAsync(new
        {
            name = "Größe & Söhne",
            status = "paused",
            accountOwnerId = colleague.User.Id,
            annualRevenue = 12.5,
            customFieldValues = new[] { new { customFieldId = field, data = "Gold" } },
            metadata = new { nested = new { list = new[] { 1, 2 } } },
        });
        var account = await tenant.CreateAccountAsync(new { description = "  Line\nbreak  ", source = "import" });
        var other = await tenant.CreateAccountAsync();
        var deleted = await tenant.CreateAccountAsync();
        (await tenant.Client.Delete($"/v1/accounts/{deleted.Id}")).Expect(200);
        await tenant.CreateContactAsync(new
        {
            phoneNumber = "+1 (555) 123-4567",
            accountIds = new[] { account.Id, partner.Id },
            customFieldValues = new[] { new { customFieldId = number, data = 3 } },
        });
        await tenant.CreateContactAsync(new { contactType = "BILLING" });
        var sister = (await tenant.CreateRelationshipTypeAsync("Sister")).Id;
        (await tenant.PutRelationshipTypeAsync(sister, new { inverseRelationshipId = sister })).Expect(200);
        (await tenant.PostRelationshipAsync(account.Id, partner.Id, sister)).Expect(201);
        (await tenant.PostRelationshipAsync(account.Id, other.Id, "Parent")).Expect(201);
        string[] attachmentUrls = ["https://files.example/a.pdf", "https://files.example/b.pdf"];
        var activity = await colleague.CreateRecordAsync(
            Feature.Activities, account.Id, new { participants = new[] { colleague.User.Id, tenant.User.Id }, attachmentUrls });
        await colleague.CreateRecordAsync(Feature.Notes, account.Id, new { visibility = "private" });
        await tenant.CreateRecordAsync(Feature.Notes, partner.Id, new { attachmentUrls });
        await tenant.CreateRecordAsync(Feature.Tasks, account.Id, new { activityId = activity.Id, status = "COMPLETED" });
        await tenant.UpdateRecordAsync(Feature.Activities, activity.Id, new { title = "Later" });

        // From now on, new accounts would have a status, and need a value.
        await tenant.CreateAttributeValueAsync("account_status", "Fresh", new { isDefault = true });
        await tenant.CreateCustomFieldAsync(new { name = "Needed", mandatoryOnCreation = true });
        return tenant;
    }

    private async Task<string> CreateOrganizationAsync() => (await server.AdministerAsync(
        service => service.CreateOrganizationAsync(new("Target", OrganizationTier.Standard), TestContext.Current.CancellationToken))).Id;

    /// <summary>Reads the IDs of the accounts and contacts.</summary>
    private async Task<IReadOnlyList<string>> ReadIdsAsync(string organizationId)
    {
        var source = await FolderSource.OpenAsync(await ExportAsync(organizationId), TestContext.Current.CancellationToken);
        List<string> ids = [];
        foreach (var kind in new[] { AccountKind.Plural, ContactKind.Plural })
        {
            await foreach (var json in source.ReadAsync(kind, TestContext.Current.CancellationToken))
            {
                ids.Add(JsonNode.Parse(json.Span)!["id"]!.GetValue<string>());
            }
        }

        return ids;
    }

    private async Task<string> ExportAsync(string organizationId, bool isCompressed = false)
    {
        var folder = Path.Combine(_folders.FullName, Guid.CreateVersion7().ToString("N"));
        var result = await server.Services.GetRequiredService<RecordExporter>().RunAsync(
            organizationId, folder, FileFormat.Ndjson, isCompressed, _ => { }, TestContext.Current.CancellationToken);
        Assert.Null(result.Error);
        return folder;
    }

    private async Task<Result<ImportReport>> StartImportAsync(string organizationId, string folder, ImportOptions? options = null) =>
        await server.Services.GetRequiredService<RecordImporter>().RunAsync(
            organizationId,
            await FolderSource.OpenAsync(folder, TestContext.Current.CancellationToken),
            options ?? new ImportOptions(),
            _ => { },
            TestContext.Current.CancellationToken);

    private async Task<ImportReport> ImportAsync(string organizationId, string folder, ImportOptions? options = null)
    {
        var result = await StartImportAsync(organizationId, folder, options);
        return result.TryGetValue(out var report, out var error) ? report : throw new InvalidOperationException(error.Message);
    }

    private async Task ExpectFailureAsync(params string[] arguments)
    {
        var (exitCode, _, error) = await CommandRun.OnDatabaseAsync(server.ConnectionString, arguments);
        Assert.True(exitCode == 1, error);
    }
}
