using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Core.Tasks;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.Moving;

/// <summary>How records of one kind are exported: as the API shows them.</summary>
internal abstract class ExportedKind
{
    /// <summary>All kinds, in the order of <see cref="RecordKinds.All"/>.</summary>
    public static IReadOnlyList<ExportedKind> All { get; } =
    [
        new ExportedKind<User, ExportedUser>(RecordKinds.Users, (user, _) => ExportedUser.From(user)),
        new ExportedKind<AttributeValue, AttributeValueResponse>(
            RecordKinds.AttributeValues, (value, _) => AttributeValueResponse.From(value)),
        new ExportedKind<RelationshipType, RelationshipTypeResponse>(RecordKinds.RelationshipTypes, RelationshipTypeResponse.From),
        new ExportedKind<CustomField, CustomFieldResponse>(RecordKinds.CustomFields, (field, _) => CustomFieldResponse.From(field)),
        new ExportedKind<Account, AccountResponse>(RecordKinds.Accounts, AccountResponse.From) { FieldSource = CustomFieldSource.Account },
        new ExportedKind<Contact, ContactResponse>(RecordKinds.Contacts, ContactResponse.From)
        {
            FieldSource = CustomFieldSource.CustomerContact,
        },
        new ExportedKind<Relationship, RelationshipResponse>(RecordKinds.Relationships, RelationshipResponse.From),
        new ExportedKind<Activity, ActivityResponse>(RecordKinds.Activities, ActivityResponse.From),
        new ExportedKind<Note, NoteResponse>(RecordKinds.Notes, NoteResponse.From) { VisibleTo = NoteService.VisibleTo },
        new ExportedKind<AccountTask, TaskResponse>(RecordKinds.Tasks, TaskResponse.From),
    ];

    /// <summary>The kind, one of <see cref="RecordKinds"/>.</summary>
    public abstract string Name { get; }

    /// <summary>The type of the records.</summary>
    public abstract Type RecordType { get; }

    /// <summary>The source of the custom fields that the records have values of, if they have any.</summary>
    public string? FieldSource { get; init; }

    /// <summary>Writes all records of the organization, oldest first.</summary>
    /// <param name="snapshot">Reads the records.</param>
    /// <param name="visibleTo">The user who may see the records, or <see langword="null"/> for all records.</param>
    /// <param name="output">Receives the records.</param>
    /// <param name="progress">Is told the number of records now and then.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>The number of records.</returns>
    public abstract Task<long> WriteAsync(
        Snapshot snapshot,
        Ulid? visibleTo,
        RecordOutput output,
        Action<MovingProgress> progress,
        CancellationToken cancellationToken);
}

/// <inheritdoc/>
/// <typeparam name="T">The record.</typeparam>
/// <typeparam name="TResponse">The response that shows a record.</typeparam>
internal sealed class ExportedKind<T, TResponse>(string name, Func<T, References, TResponse> from) : ExportedKind
    where T : TenantEntity
    where TResponse : notnull
{
    private const int ProgressEvery = 1_000;

    public override string Name => name;

    public override Type RecordType => typeof(TResponse);

    /// <summary>Keeps the records that a user may see, if not every user may see all.</summary>
    public Func<Ulid, Query<T>, Query<T>>? VisibleTo { get; init; }

    public override async Task<long> WriteAsync(
        Snapshot snapshot,
        Ulid? visibleTo,
        RecordOutput output,
        Action<MovingProgress> progress,
        CancellationToken cancellationToken)
    {
        var records = snapshot.Of<T>();
        if (visibleTo is { } user && VisibleTo is { } limit)
        {
            records = limit(user, records);
        }

        long count = 0;
        await foreach (var record in snapshot.StreamAsync(records, RecordOrder.Oldest, from, cancellationToken))
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

    /// <summary>Makes the row from a user.</summary>
    internal static ExportedUser From(User user) => new()
    {
        Id = WireFormat.Id(user.Id),
        Name = user.Name,
        Email = user.Email,
        AvatarUrl = user.AvatarUrl,
        CreatedAt = user.CreatedAt,
    };
}
