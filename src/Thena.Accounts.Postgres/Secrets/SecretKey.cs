using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thena.Accounts.Postgres.Secrets;

/// <summary>
/// A key that encrypts secrets, in the form of ASP.NET Core Data Protection. It belongs to no organization: all servers share the keys,
/// whatever organization a secret belongs to.
/// </summary>
public sealed class SecretKey
{
    /// <summary>The ID.</summary>
    public required Ulid Id { get; init; }

    /// <summary>The key as XML.</summary>
    public required string Xml { get; init; }

    /// <summary>The time at which it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class SecretKeyConfiguration : IEntityTypeConfiguration<SecretKey>
{
    public const string Table = "secret_keys";

    public void Configure(EntityTypeBuilder<SecretKey> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Id).ValueGeneratedNever();
    }
}
