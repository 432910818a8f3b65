using Thena.Accounts.Core.Common;

namespace Thena.Accounts.Core.Attributes;

/// <summary>Queries that several features make of attribute values.</summary>
internal static class AttributeValueQueries
{
    /// <summary>The ids of the values of a list that a query parameter names, by id or by value. A value that is spelt like the id of another is as good as that.</summary>
    public static IQueryable<Ulid?> Named(this IQueryable<AttributeValue> values, AttributeKind kind, string reference)
    {
        var key = Texts.Key(reference);
        return Wire.TryParseId(reference, out var id)
            ? values.Where(value => value.Kind == kind && (value.Id == id || value.ValueKey == key)).Select(value => (Ulid?)value.Id)
            : values.Where(value => value.Kind == kind && value.ValueKey == key).Select(value => (Ulid?)value.Id);
    }
}
