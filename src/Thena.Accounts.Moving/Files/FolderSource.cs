using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Thena.Accounts.Moving.Copying;

namespace Thena.Accounts.Moving.Files;

/// <summary>The files of an export.</summary>
public sealed class FolderSource : IRecordSource
{
    private readonly string _folder;
    private readonly ExportManifest _manifest;

    private FolderSource(string folder, ExportManifest manifest) => (_folder, _manifest) = (folder, manifest);

    /// <inheritdoc/>
    public bool IsNewestFirst => false;

    /// <inheritdoc/>
    public int MaxPasses => 1;

    /// <inheritdoc/>
    public bool CreatesUsers => true;

    /// <summary>Opens a folder, and checks that its files are complete.</summary>
    /// <exception cref="RecordSourceException">The folder does not contain a complete export.</exception>
    public static async Task<FolderSource> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        var manifest = await ReadManifestAsync(folder, cancellationToken);
        foreach (var file in manifest.Files)
        {
            var path = Path.Combine(folder, Path.GetFileName(file.Name));
            if (!File.Exists(path))
            {
                throw new RecordSourceException($"The file {file.Name} is missing.");
            }

            await using var stream = File.OpenRead(path);
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
            if (!string.Equals(hash, file.Sha256, StringComparison.OrdinalIgnoreCase))
            {
                throw new RecordSourceException(
                    $"The file {file.Name} has changed since the export: its SHA-256 is not that of the manifest.");
            }
        }

        return new FolderSource(folder, manifest);
    }

    /// <inheritdoc/>
    public long? CountOf(string kind) => _manifest.Files.Where(file => file.Kind == kind).Sum(file => file.Records);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        string kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in _manifest.Files.Where(file => file.Kind == kind))
        {
            await using var stream = File.OpenRead(Path.Combine(_folder, Path.GetFileName(file.Name)));
            await foreach (var (_, line) in JsonLines.ReadAsync(JsonLines.Decompress(stream, file.Name), cancellationToken))
            {
                yield return line;
            }
        }
    }

    private static async Task<ExportManifest> ReadManifestAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, ExportManifest.FileName);
        if (!File.Exists(path))
        {
            throw new RecordSourceException($"{folder} is not the folder of a complete export: it has no {ExportManifest.FileName}.");
        }

        try
        {
            var manifest = JsonSerializer.Deserialize<ExportManifest>(
                await File.ReadAllBytesAsync(path, cancellationToken), MovingJson.Options);
            if (manifest is not { Version: ExportManifest.CurrentVersion })
            {
                throw new RecordSourceException(
                    "The version of the export's format is not supported. Use the version of the server that wrote it, or a newer one.");
            }

            return manifest.Format == FileFormat.Ndjson.ToName()
                ? manifest
                : throw new RecordSourceException("Only exports in the format ndjson can be imported as a whole. "
                    + "Import CSV files of accounts and contacts with import accounts and import contacts.");
        }
        catch (JsonException exception)
        {
            throw new RecordSourceException($"{path} is not a valid manifest: {exception.Message}");
        }
    }
}
