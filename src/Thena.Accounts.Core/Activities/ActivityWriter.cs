using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Activities;

/// <summary>Applies requests to activities: type, status and participants. Reads everything they refer to in one round trip.</summary>
internal sealed class ActivityWriter
{
    private static readonly Error ParticipantNotFound = Error.NotFound("Participant not found!");
    private static readonly AttributeKind[] Kinds = [AttributeKind.ActivityType, AttributeKind.ActivityStatus];

    private readonly AttributeLookup _attributes;
    private readonly UserLookup _users;

    /// <summary>Adds the queries to a batch.</summary>
    public ActivityWriter(QueryBatch batch, AccountsDbContext context, ActivityFields request, bool creates)
    {
        _attributes = new AttributeLookup(batch, context, Kinds, [request.Type.Value, request.Status.Value], creates);
        _users = new UserLookup(batch, context, request.Participants.Value ?? []);
    }

    /// <summary>Applies a request to an activity.</summary>
    /// <returns>The error that refuses the request, if there is one.</returns>
    public Error? Apply(Activity activity, ActivityFields request, IdGenerator ids)
    {
        activity.ActivityTimestamp = request.ActivityTimestamp.Value ?? activity.ActivityTimestamp;
        activity.Duration = request.Duration.Value ?? activity.Duration;
        activity.Location = request.Location.Value?.Trim() ?? activity.Location;
        activity.Title = request.Title.IsSet ? StringNormalization.TrimToNull(request.Title.Value) : activity.Title;
        activity.Description = request.Description.IsSet
            ? StringNormalization.EmptyToNull(request.Description.Value)
            : activity.Description;
        activity.Metadata = activity.Metadata.After(request.Metadata);
        if (activity.Attach(request.AttachmentUrls, ids) is { } tooMany)
        {
            return tooMany;
        }

        if (_attributes.Choose(AttributeKind.ActivityType, request.Type, activity.TypeId, out var typeId) is { } typeMissing)
        {
            return typeMissing;
        }

        if (_attributes.Choose(AttributeKind.ActivityStatus, request.Status, activity.StatusId, out var statusId) is { } statusMissing)
        {
            return statusMissing;
        }

        (activity.TypeId, activity.StatusId) = (typeId, statusId);
        return request.Participants.IsSet ? ReplaceParticipants(activity, request.Participants.Value ?? []) : null;
    }

    private Error? ReplaceParticipants(Activity activity, IReadOnlyList<string> given)
    {
        List<Ulid> named = [];
        foreach (var reference in given)
        {
            if (_users.Find(reference) is not { } user)
            {
                return ParticipantNotFound;
            }

            named.Add(user);
        }

        named = [.. named.Distinct()];
        var kept = activity.Participants.ToDictionary(participant => participant.UserId);
        activity.Participants.RemoveAll(participant => !named.Contains(participant.UserId));
        for (var position = 0; position < named.Count; position++)
        {
            if (kept.TryGetValue(named[position], out var participant))
            {
                participant.Position = position;
            }
            else
            {
                activity.Participants.Add(
                    new ActivityParticipant { ActivityId = activity.Id, UserId = named[position], Position = position });
            }
        }

        return null;
    }
}
