using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.Attributes;

/// <summary>A pick list value as records show it; empty when unset.</summary>
internal readonly record struct AttributeReference(string Id, string Value, AttributeDisplay Display)
{
    /// <summary>Returns the value with an ID.</summary>
    public static AttributeReference From(References references, Ulid? id)
    {
        var value = references.Get<AttributeValue>(id);
        return new(
            id is { } known ? WireFormat.Id(known) : "",
            value?.Value ?? "",
            AttributeDisplay.Create(value?.Icon, value?.Color, value?.IsClosed));
    }
}
