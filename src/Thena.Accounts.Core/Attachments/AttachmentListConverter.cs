using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Thena.Accounts.Core.Attachments;

/// <summary>Keeps the attachments of a record in one column of its row (ADR 8).</summary>
internal sealed class AttachmentListConverter() : ValueConverter<AttachmentList, string>(list => Write(list), json => Read(json))
{
    private static string Write(AttachmentList list) => JsonSerializer.Serialize(list.Items, AttachmentJsonContext.Default.IReadOnlyListAttachment);

    private static AttachmentList Read(string json) => new(JsonSerializer.Deserialize(json, AttachmentJsonContext.Default.IReadOnlyListAttachment)!);
}

/// <summary>The form of the column.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<Attachment>))]
internal sealed partial class AttachmentJsonContext : JsonSerializerContext;
