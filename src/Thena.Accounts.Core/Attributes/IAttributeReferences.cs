namespace Thena.Accounts.Core.Attributes;

/// <summary>The records of a feature that refer to attribute values. Each feature registers its own.</summary>
public interface IAttributeReferences
{
    /// <summary>How many living records refer to a value.</summary>
    Task<long> CountAsync(AttributeKind kind, Ulid valueId, CancellationToken cancellationToken);

    /// <summary>Lets the records that refer to a value refer to another, or to none.</summary>
    Task ReplaceAsync(AttributeKind kind, Ulid valueId, Ulid? replacementId, DateTimeOffset now, CancellationToken cancellationToken);
}
