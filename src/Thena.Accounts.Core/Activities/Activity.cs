using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Activities;

/// <summary>Something that happened with an account: a call, a meeting, a visit (contract: Activity).</summary>
public sealed class Activity : Record, IAttachable
{
    /// <summary>The account.</summary>
    public Ulid AccountId { get; init; }

    /// <summary>See <see cref="AccountId"/>.</summary>
    public Account? Account { get; private set; }

    /// <summary>When it happens or happened.</summary>
    public DateTimeOffset ActivityTimestamp { get; set; }

    /// <summary>How long, in minutes.</summary>
    public int Duration { get; set; }

    /// <summary>Where.</summary>
    public required string Location { get; set; }

    /// <summary>What to call it.</summary>
    public string? Title { get; set; }

    /// <summary>What there is to say about it.</summary>
    public string? Description { get; set; }

    /// <summary>What sort of activity it is.</summary>
    public Ulid TypeId { get; set; }

    /// <summary>See <see cref="TypeId"/>.</summary>
    public AttributeValue? Type { get; private set; }

    /// <summary>How far it is.</summary>
    public Ulid StatusId { get; set; }

    /// <summary>See <see cref="StatusId"/>.</summary>
    public AttributeValue? Status { get; private set; }

    /// <summary>The users who take part.</summary>
    public List<ActivityParticipant> Participants { get; } = [];

    /// <summary>The user whose key made it.</summary>
    public Ulid CreatorId { get; init; }

    /// <summary>See <see cref="CreatorId"/>.</summary>
    public User? Creator { get; private set; }

    /// <inheritdoc/>
    public AttachmentList Attachments { get; set; } = AttachmentList.Empty;

    /// <summary>The client's own data, a JSON object.</summary>
    public RawJson Metadata { get; set; } = RawJson.EmptyObject;
}
