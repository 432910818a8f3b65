using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.Idempotency;

/// <summary>
/// A request with an <c>Idempotency-Key</c> that has succeeded, and its response. Written in the transaction of its effect.
/// </summary>
public sealed class IdempotentRequest : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; init; }

    /// <summary>The ID of the user whose API key sent the request. Different users cannot see each other's keys.</summary>
    public Ulid UserId { get; init; }

    /// <summary>The key that the client chose.</summary>
    public required string Key { get; init; }

    /// <summary>The SHA-256 of the method, the path with its query, and the body.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>The HTTP status of the response.</summary>
    public short Status { get; init; }

    /// <summary>The entity tag of the response, if it has one.</summary>
    public string? ETag { get; init; }

    /// <summary>The body of the response, empty if it has none.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The time of the transaction.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class IdempotentRequestConfiguration : IEntityTypeConfiguration<IdempotentRequest>
{
    public const string PrimaryKey = "pk_idempotent_requests";

    public void Configure(EntityTypeBuilder<IdempotentRequest> builder)
    {
        builder.ToTable("idempotent_requests");
        builder.HasKey(request => new { request.OrganizationId, request.UserId, request.Key }).HasName(PrimaryKey);
        builder.Property(request => request.ETag).HasColumnName("etag");
        builder.HasIndex(request => request.CreatedAt);
    }
}
