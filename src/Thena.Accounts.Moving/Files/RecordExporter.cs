using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Events;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Moving.Reports;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Schema;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Moving.Files;

/// <summary>
/// Writes all records of an organization to files, as they are at one moment. The memory that this takes does not depend on their number.
/// </summary>
public sealed class RecordExporter(IServiceScopeFactory scopes, TimeProvider time)
{
    private const int ProgressEvery = 1_000;

    /// <summary>Writes a file for each kind of record, and then the manifest that lists them.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="folder">The folder, which is created. Files in it are replaced.</param>
    /// <param name="format">The format.</param>
    /// <param name="isCompressed">Whether the files are compressed with gzip.</param>
    /// <param name="progress">Is told the number of records now and then.</param>
    /// <param name="cancellationToken">Token that cancels the operation. The folder then has no manifest.</param>
    /// <returns>The manifest, or the error (404) if the organization does not exist.</returns>
    public async Task<Result<ExportManifest>> RunAsync(
        string organizationId,
        string folder,
        FileFormat format,
        bool isCompressed,
        Action<MovingProgress> progress,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (!await scope.ServiceProvider.GetRequiredService<AdministrationService>().ChooseAsync(organizationId, cancellationToken))
        {
            return AdministrationService.OrganizationNotFound;
        }

        var manifestPath = Path.Combine(Directory.CreateDirectory(folder).FullName, ExportManifest.FileName);
        File.Delete(manifestPath);

        // Before the records are read: an event that is read again does no harm, one that is missed does.
        var cursor = await scope.ServiceProvider.GetRequiredService<EventService>().GetLatestCursorAsync(cancellationToken);
        await using var snapshot = await scope.ServiceProvider.GetRequiredService<Records>().OpenSnapshotAsync(cancellationToken);
        List<ExportedFile> files = [];
        foreach (var kind in RecordKinds.All)
        {
            files.Add(await WriteFileAsync(snapshot, kind, folder, format, isCompressed, progress, cancellationToken));
        }

        var context = scope.ServiceProvider.GetRequiredService<AccountsDbContext>();
        var organization = await context.Organizations.SingleAsync(row => row.Id == context.OrganizationId, cancellationToken);
        var manifest = new ExportManifest
        {
            Version = ExportManifest.CurrentVersion,
            Format = format.ToName(),
            ExportedAt = time.Now(),
            OrganizationId = WireFormat.Id(organization.Id),
            Organization = organization.Name,
            Cursor = cursor,
            Files = files,
        };
        await File.WriteAllBytesAsync(
            manifestPath, JsonSerializer.SerializeToUtf8Bytes(manifest, MovingJson.Options), cancellationToken);
        return manifest;
    }

    /// <summary>Writes the records of one kind that a user may see to a stream.</summary>
    /// <param name="caller">The user.</param>
    /// <param name="kind">The kind, one of <see cref="RecordKinds"/>.</param>
    /// <param name="format">The format.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public async Task WriteAsync(Caller caller, string kind, FileFormat format, Stream stream, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentOrganization>().Choose(caller);
        await using var snapshot = await scope.ServiceProvider.GetRequiredService<Records>().OpenSnapshotAsync(cancellationToken);
        await WriteAsync(
            snapshot, RecordKinds.Get(kind), caller.UserId, format, stream, _ => { }, cancellationToken);
    }

    private static async Task<ExportedFile> WriteFileAsync(
        Snapshot snapshot,
        RecordKind kind,
        string folder,
        FileFormat format,
        bool isCompressed,
        Action<MovingProgress> progress,
        CancellationToken cancellationToken)
    {
        var name = $"{kind.Name}.{format.ToName()}{(isCompressed ? JsonLines.CompressedEnding : "")}";
        var path = Path.Combine(folder, name);
        long records;
        await using (var file = new FileStream(path, FileMode.Create, FileAccess.Write))
        {
            await using Stream stream = isCompressed ? new GZipStream(file, CompressionLevel.Fastest) : new BufferedStream(file);
            records = await WriteAsync(snapshot, kind, visibleTo: null, format, stream, progress, cancellationToken);
        }

        await using var written = File.OpenRead(path);
        return new ExportedFile
        {
            Kind = kind.Name,
            Name = name,
            Records = records,
            Bytes = written.Length,
            Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancellationToken)),
        };
    }

    private static async Task<long> WriteAsync(
        Snapshot snapshot,
        RecordKind kind,
        Ulid? visibleTo,
        FileFormat format,
        Stream stream,
        Action<MovingProgress> progress,
        CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> fields = [];
        if (kind.FieldSource is { } source)
        {
            var found = snapshot.Of<CustomField>().Where(nameof(CustomField.Source), source);
            await foreach (var field in snapshot.StreamAsync(found, RecordOrder.Oldest, (field, _) => field, cancellationToken))
            {
                fields.Add(KeyValuePair.Create(WireFormat.Id(field.Id), field.Name));
            }
        }

        await using var output = await RecordOutput.CreateAsync(format, stream, kind, fields);
        long count = 0;
        await foreach (var record in kind.ReadAllAsync(snapshot, visibleTo, cancellationToken))
        {
            await output.WriteAsync(record, cancellationToken);
            if (++count % ProgressEvery == 0)
            {
                progress(new MovingProgress(kind.Name, count));
            }
        }

        progress(new MovingProgress(kind.Name, count));
        return count;
    }
}
