using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Moving;

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
            return await server.ImportAsync(target, way == CopyWay.Files ? await ExportAsync() : new TenantRecords(source));
        }

        using var log = CopyLog.Open(StateFile, "source", "target");
        return await new RecordCopier(TimeProvider.System).RunAsync(
            new TenantRecords(source),
            new TenantRecords(target) { BeforeUpdate = BeforeUpdate },
            log,
            new CopyOptions { Users = new Dictionary<string, string> { [source.User.Email] = target.User.Id } },
            _ => { },
            TestContext.Current.CancellationToken);
    }

    /// <summary>Returns the IDs that records have in the other organization, by their kind and their ID.</summary>
    public async Task<Dictionary<(string Kind, string Id), string>> ReadTwinsAsync()
    {
        Dictionary<(string, string), string> twins = [];
        if (way == CopyWay.OtherServer)
        {
            foreach (var line in (await File.ReadAllLinesAsync(StateFile, TestContext.Current.CancellationToken)).Skip(1))
            {
                var twin = JsonElement.Parse(line);
                twins[(twin.Text("kind"), twin.Text("oldId"))] = twin.Text("id");
            }

            return twins;
        }

        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = database.CreateCommand("select kind, old_id, new_id from imported_records where organization_id = $1");
        command.Parameters.AddWithValue(Ulid.Parse(target.OrganizationId, null).ToGuid());
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            twins[(reader.GetString(0), reader.GetString(1))] = new Ulid(reader.GetGuid(2)).ToString();
        }

        return twins;
    }

    private async Task<IRecordSource> ExportAsync()
    {
        var folder = Path.Combine(_folder.FullName, Guid.CreateVersion7().ToString("N"));
        var result = await server.Services.GetRequiredService<RecordExporter>().RunAsync(
            source.OrganizationId, folder, FileFormat.Ndjson, isCompressed: false, _ => { }, TestContext.Current.CancellationToken);
        Assert.Null(result.Error);
        return await FolderSource.OpenAsync(folder, TestContext.Current.CancellationToken);
    }
}

/// <summary>The records of an organization, read and written through the API.</summary>
public sealed class TenantRecords(Tenant tenant) : IRecordSource, IRecordTarget
{
    public Action<string> BeforeUpdate { get; init; } = _ => { };

    public string Name => "target";

    public bool IsNewestFirst => true;

    public int MaxPasses => 5;

    public bool CreatesUsers => true;

    /// <summary>Reads all records of a kind, newest first.</summary>
    public static async Task<List<JsonElement>> ListAsync(Tenant tenant, string kind)
    {
        List<JsonElement> records = kind switch
        {
            RecordKinds.Users => [],
            RecordKinds.RelationshipTypes => [.. await tenant.ListRelationshipTypesAsync()],
            RecordKinds.CustomFields =>
            [
                .. await tenant.ListCustomFieldsAsync("source=account&limit=100"),
                .. await tenant.ListCustomFieldsAsync("source=customer_contact&limit=100"),
            ],
            RecordKinds.AttributeValues => [],
            RecordKinds.Accounts => await tenant.ListAllAsync(Paths.Accounts),
            _ => await tenant.ListAllAsync($"{Paths.Accounts}/{kind}"),
        };
        foreach (var attribute in kind == RecordKinds.AttributeValues ? AttributeKinds.Names : [])
        {
            records.AddRange(await tenant.ListAttributeValuesAsync(attribute));
        }

        if (kind is RecordKinds.AttributeValues or RecordKinds.RelationshipTypes)
        {
            records.Reverse();
        }

        return records;
    }

    /// <summary>Returns the path of the records of a kind.</summary>
    public static string PathOf(string kind) => kind switch
    {
        RecordKinds.AttributeValues => Paths.AttributeValues,
        RecordKinds.RelationshipTypes => Paths.RelationshipTypes,
        RecordKinds.CustomFields => Paths.CustomFields,
        RecordKinds.Accounts => Paths.Accounts,
        _ => $"{Paths.Accounts}/{kind}",
    };

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        string kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var record in await ListAsync(tenant, kind))
        {
            yield return JsonSerializer.SerializeToUtf8Bytes(record);
        }
    }

    public async Task<TargetAnswer> CreateAsync(string kind, byte[] request, string idempotencyKey, CancellationToken cancellationToken) =>
        AnswerOf(await tenant.Client.Send(
            HttpMethod.Post, PathOf(kind), request, "application/json", ("Idempotency-Key", idempotencyKey)));

    public async Task<TargetAnswer> UpdateAsync(string kind, string id, byte[] request, CancellationToken cancellationToken)
    {
        BeforeUpdate(id);
        return AnswerOf(await tenant.Client.Send(HttpMethod.Put, $"{PathOf(kind)}/{id}", request));
    }

    private static TargetAnswer AnswerOf(Answer answer) => (int)answer.Status < 300
        ? new TargetAnswer(IdOf(answer.Json.TryGetProperty("data", out var data) ? data : answer.Json))
        : new TargetAnswer(null, answer.TextOf("message"));

    /// <summary>Returns the ID of a record.</summary>
    public static string IdOf(JsonElement record) => record.TryGetProperty("uid", out var uid) ? uid.GetString()! : record.Text("id");
}
