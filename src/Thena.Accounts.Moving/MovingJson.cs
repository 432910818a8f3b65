using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Moving.Files;
using Thena.Accounts.Moving.Reports;
using Thena.Accounts.Moving.Rows;
using Thena.Accounts.Moving.Servers;

namespace Thena.Accounts.Moving;

/// <summary>The JSON rules of files and reports: those of the API.</summary>
public static class MovingJson
{
    /// <summary>The options, with the generated contracts of the API and of this assembly.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(WireJson.Options)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(MovingJsonContext.Default, WireJson.Options.TypeInfoResolver),
        };
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>The generated JSON contracts of this assembly. Use <see cref="MovingJson.Options"/> instead of this class.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ExportManifest))]
[JsonSerializable(typeof(ImportLine))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(RowImportSummary))]
[JsonSerializable(typeof(CopyHeader))]
[JsonSerializable(typeof(ServerCopy))]
internal sealed partial class MovingJsonContext : JsonSerializerContext;
