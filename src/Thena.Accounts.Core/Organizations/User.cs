using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Organizations;

/// <summary>A person who works for an organization. Users own accounts, write notes and get tasks; API keys act in their name.</summary>
public sealed class User : TenantEntity, IReferenceData
{
    /// <summary>The user's name.</summary>
    public required string Name { get; set; }

    /// <summary>The user's email address, as it was written.</summary>
    public required string Email { get; set; }

    /// <summary>The URL of the user's avatar, if known.</summary>
    public string? AvatarUrl { get; set; }

    /// <summary>
    /// The email address in the form of <see cref="EmailAddress.Key"/>. It is unique among the organization's living users.
    /// </summary>
    public string EmailKey
    {
        get => EmailAddress.Key(Email);
        private set => _ = value;
    }
}

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    /// <summary>The email address is unique among the users of an organization.</summary>
    public static readonly UniqueRule UniqueEmail = UniqueRule.Create(
        "ux_users_email_key",
        "A user with this e-mail address already exists in the organization.");

    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users");
        builder.HasRecordKey();
        builder.HasOne<Organization>().WithMany().HasForeignKey(user => user.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(user => new { user.OrganizationId, user.EmailKey })
            .IsUnique()
            .HasFilter(TenantEntityMapping.Living)
            .HasDatabaseName(UniqueEmail.Index);
    }
}

/// <summary>A user as records show it, joined or from <see cref="ReferenceData"/>.</summary>
internal readonly record struct UserReference(string? Id, string? Name, string? Email, string? AvatarUrl)
{
    /// <summary>The columns of a user.</summary>
    /// <param name="user">The name of the join with the users.</param>
    /// <param name="column">The column with the ID of the user.</param>
    public static string Columns(string user, string column) => $"r.{column}, {user}.name, {user}.email, {user}.avatar_url";

    /// <summary>Reads the columns, or the ID alone if the user is not joined.</summary>
    public static UserReference Read(ColumnReader row)
    {
        if (row.References is null)
        {
            return new(row.IdOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull());
        }

        var (id, user) = row.Reference(row.References.Users);
        return new(id, user?.Name, user?.Email, user?.AvatarUrl);
    }
}

/// <summary>Finds the users of the organization that a request names.</summary>
internal sealed class UserLookup
{
    private readonly Func<Ulid, bool> _exists;

    /// <summary>
    /// Adds the query to a batch, unless the batch has reference data. It locks nothing, because users are never deleted.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="context">The database.</param>
    /// <param name="references">IDs, as the client wrote them.</param>
    public UserLookup(QueryBatch batch, AccountsDbContext context, IEnumerable<string?> references)
    {
        if (batch.References is { } data)
        {
            _exists = id => data.HasUser(id.ToGuid());
            return;
        }

        var ids = WireFormat.ParseIds(references);
        IReadOnlyList<Ulid> found = ids.Count == 0
            ? []
            : batch.AddIds(
                $"""
                select id from users where organization_id = {context.OrganizationId} and deleted_at is null and id = any({ids})
                """);
        Lazy<HashSet<Ulid>> users = new(() => [.. found]);
        _exists = id => users.Value.Contains(id);
    }

    /// <summary>Returns the ID of the user that a reference names, or <see langword="null"/> if there is none.</summary>
    public Ulid? Find(string? reference) =>
        WireFormat.TryParseId(reference, out var id) && _exists(id) ? id : null;
}
