using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Core.Tasks;

namespace Thena.Accounts.Core.Moving;

/// <summary>How records of one kind are exported: as the API shows them.</summary>
internal abstract class ExportedKind
{
    /// <summary>All kinds, in the order of <see cref="RecordKinds.All"/>.</summary>
    public static IReadOnlyList<ExportedKind> All { get; } =
    [
        new ExportedKind<ExportedUser>(RecordKinds.Users, ExportedUser.Shape),
        new ExportedKind<AttributeValueResponse>(RecordKinds.AttributeValues, AttributeValueResponse.Shape),
        new ExportedKind<RelationshipTypeResponse>(RecordKinds.RelationshipTypes, RelationshipTypeResponse.Shape),
        new ExportedKind<CustomFieldResponse>(RecordKinds.CustomFields, CustomFieldResponse.Shape),
        new ExportedKind<AccountResponse>(RecordKinds.Accounts, AccountResponse.Shape) { FieldSource = CustomFieldSource.Account },
        new ExportedKind<ContactResponse>(RecordKinds.Contacts, ContactResponse.Shape)
        {
            FieldSource = CustomFieldSource.CustomerContact,
        },
        new ExportedKind<RelationshipResponse>(RecordKinds.Relationships, RelationshipResponse.Shape),
        new ExportedKind<ActivityResponse>(RecordKinds.Activities, ActivityResponse.Shape),
        new ExportedKind<NoteResponse>(RecordKinds.Notes, NoteResponse.Shape) { WhereVisibleTo = NoteService.WhereVisibleTo },
        new ExportedKind<TaskResponse>(RecordKinds.Tasks, TaskResponse.Shape),
    ];

    /// <summary>The kind, one of <see cref="RecordKinds"/>.</summary>
    public abstract string Name { get; }

    /// <summary>The type of the records.</summary>
    public abstract Type RecordType { get; }

    /// <summary>The source of the custom fields that the records have values of, if they have any.</summary>
    public string? FieldSource { get; init; }

    /// <summary>Writes all records of the organization, oldest first.</summary>
    /// <param name="context">The database, with an open connection.</param>
    /// <param name="visibleTo">The user who may see the records, or <see langword="null"/> for all records.</param>
    /// <param name="output">Receives the records.</param>
    /// <param name="progress">Is told the number of records now and then.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>The number of records.</returns>
    public abstract Task<long> WriteAsync(
        AccountsDbContext context,
        Ulid? visibleTo,
        RecordOutput output,
        Action<MovingProgress> progress,
        CancellationToken cancellationToken);
}

/// <inheritdoc/>
/// <typeparam name="TResponse">The response that shows a record.</typeparam>
internal sealed class ExportedKind<TResponse>(string name, RecordShape<TResponse> shape) : ExportedKind
    where TResponse : notnull
{
    private const int ProgressEvery = 1_000;

    public override string Name => name;

    public override Type RecordType => typeof(TResponse);

    /// <summary>Keeps the records that a user may see, if not every user may see all.</summary>
    public Func<RecordRead<TResponse>, Ulid, RecordRead<TResponse>>? WhereVisibleTo { get; init; }

    public override async Task<long> WriteAsync(
        AccountsDbContext context,
        Ulid? visibleTo,
        RecordOutput output,
        Action<MovingProgress> progress,
        CancellationToken cancellationToken)
    {
        var read = new RecordRead<TResponse>(shape, context.OrganizationId, context.CreateBatch);
        if (visibleTo is { } user)
        {
            WhereVisibleTo?.Invoke(read, user);
        }

        long count = 0;
        await foreach (var record in read.StreamAsync(RecordOrder.Oldest, cancellationToken))
        {
            await output.WriteAsync(record, cancellationToken);
            if (++count % ProgressEvery == 0)
            {
                progress(new MovingProgress(name, count));
            }
        }

        progress(new MovingProgress(name, count));
        return count;
    }
}

/// <summary>A user, as files contain it.</summary>
public sealed record ExportedUser
{
    /// <summary>The user's ID.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The email address.</summary>
    public required string Email { get; init; }

    /// <summary>The URL of the avatar.</summary>
    public required string? AvatarUrl { get; init; }

    /// <summary>The time at which the user was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    internal static RecordShape<ExportedUser> Shape { get; } = new(
        "users",
        "r.id, r.name, r.email, r.avatar_url, r.created_at",
        "",
        row => new ExportedUser
        {
            Id = row.Id(),
            Name = row.Text(),
            Email = row.Text(),
            AvatarUrl = row.TextOrNull(),
            CreatedAt = row.Time(),
        });
}
