using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Moving.Files;
using Thena.Accounts.Moving.Reports;
using Thena.Accounts.Moving.Servers;

namespace Thena.Accounts.Api.Tests.Moving;

/// <summary>The ways in which an organization can be copied.</summary>
public enum CopyWay
{
    /// <summary><c>export</c> and <c>import files</c>.</summary>
    Files,

    /// <summary><c>import server</c>.</summary>
    Server,

    /// <summary><c>import server --to</c>.</summary>
    OtherServer,
}

/// <summary>Copies an organization to another one, again and again.</summary>
public sealed class OrganizationCopy(AccountsServer server, CopyWay way, Tenant source, Tenant target) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    /// <summary>The way.</summary>
    public CopyWay Way => way;

    /// <summary>The organization that is copied.</summary>
    public Tenant Source => source;

    /// <summary>The other organization.</summary>
    public Tenant Target => target;

    /// <summary>Runs before a request of <see cref="CopyWay.OtherServer"/> changes a record of the target.</summary>
    public Action<string> BeforeUpdate { get; set; } = _ => { };

    private string StateFile => Path.Combine(_folder.FullName, "state.ndjson");

    /// <summary>Creates an empty organization, and another one to copy it to.</summary>
    public static async Task<OrganizationCopy> CreateAsync(AccountsServer server, CopyWay way) =>
        new(server, way, await server.CreateTenantAsync(), await server.CreateTenantAsync());

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Copies what is new or has changed.</summary>
    public async Task<ImportReport> RunAsync()
    {
        if (way != CopyWay.OtherServer)
        {
            return await server.ImportAsync(
                target, way == CopyWay.Files ? await ExportAsync() : new ServerSource(Connect(source), createsUsers: true));
        }

        using var log = CopyLog.Open(StateFile, "source", "target");
        return await new RecordCopier(TimeProvider.System).RunAsync(
            new ServerSource(Connect(source), createsUsers: false),
            Connect(target, BeforeUpdate),
            log,
            new CopyOptions { Users = new Dictionary<string, string> { [source.User.Email] = target.User.Id } },
            _ => { },
            TestContext.Current.CancellationToken);
    }

    /// <summary>Returns the IDs that records have in the other organization, by their kind and their ID.</summary>
    public async Task<Dictionary<(string Kind, string Id), string>> ReadCopiesAsync()
    {
        Dictionary<(string, string), string> copies = [];
        if (way == CopyWay.OtherServer)
        {
            foreach (var line in (await File.ReadAllLinesAsync(StateFile, TestContext.Current.CancellationToken)).Skip(1))
            {
                var copied = JsonElement.Parse(line);
                copies[(copied.Text("kind"), copied.Text("oldId"))] = copied.Text("id");
            }

            return copies;
        }

        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = database.CreateCommand("select kind, old_id, new_id from imported_records where organization_id = $1");
        command.Parameters.AddWithValue(Ulid.Parse(target.OrganizationId, null).ToGuid());
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            copies[(reader.GetString(0), reader.GetString(1))] = new Ulid(reader.GetGuid(2)).ToString();
        }

        return copies;
    }

    private ServerConnection Connect(Tenant tenant, Action<string>? beforeUpdate = null) => new(
        new HttpClient(new UpdateHandler(beforeUpdate ?? (_ => { }))),
        new ServerAccess("--from", server.Address, "KEY", tenant.Key.Key),
        TimeProvider.System);

    private async Task<IRecordSource> ExportAsync()
    {
        var folder = Path.Combine(_folder.FullName, Guid.CreateVersion7().ToString("N"));
        var result = await server.Services.GetRequiredService<RecordExporter>().RunAsync(
            source.OrganizationId, folder, FileFormat.Ndjson, isCompressed: false, _ => { }, TestContext.Current.CancellationToken);
        Assert.Null(result.Error);
        return await FolderSource.OpenAsync(folder, TestContext.Current.CancellationToken);
    }

    /// <summary>Is told the ID of a record before it is updated.</summary>
    private sealed class UpdateHandler(Action<string> beforeUpdate) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Put)
            {
                beforeUpdate(request.RequestUri!.Segments[^1]);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}

/// <summary>The records of an organization, read through the API.</summary>
public static class TenantRecords
{
    /// <summary>Reads all records of a kind, newest first.</summary>
    public static async Task<List<JsonElement>> ListAsync(Tenant tenant, string kind)
    {
        List<JsonElement> records = kind switch
        {
            UserKind.Plural => [],
            RelationshipTypeKind.Plural => [.. await tenant.ListRelationshipTypesAsync()],
            CustomFieldKind.Plural =>
            [
                .. await tenant.ListCustomFieldsAsync("source=account&limit=100"),
                .. await tenant.ListCustomFieldsAsync("source=customer_contact&limit=100"),
            ],
            AttributeValueKind.Plural => [],
            AccountKind.Plural => await tenant.ListAllAsync(Paths.Accounts),
            _ => await tenant.ListAllAsync($"{Paths.Accounts}/{kind}"),
        };
        foreach (var attribute in kind == AttributeValueKind.Plural ? AttributeKinds.Names : [])
        {
            records.AddRange(await tenant.ListAttributeValuesAsync(attribute));
        }

        if (kind is AttributeValueKind.Plural or RelationshipTypeKind.Plural)
        {
            records.Reverse();
        }

        return records;
    }

    /// <summary>Returns the path of the records of a kind.</summary>
    public static string PathOf(string kind) => "/" + RecordKinds.Get(kind).Path;

    /// <summary>Returns the ID of a record.</summary>
    public static string IdOf(JsonElement record) => record.TryGetProperty("uid", out var uid) ? uid.GetString()! : record.Text("id");
}
