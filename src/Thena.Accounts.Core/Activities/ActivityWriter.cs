using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.ReferenceData;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Activities;

/// <summary>Puts requests on activities.</summary>
internal static class ActivityWriter
{
    private static readonly Error ParticipantNotFound = Error.NotFound("Participant not found!");

    /// <summary>Applies a request to an activity.</summary>
    /// <returns>The error that refuses the request, if there is one.</returns>
    public static Error? Apply(Activity activity, ActivityFields request, Unit unit)
    {
        activity.ActivityTimestamp = request.ActivityTimestamp.Value ?? activity.ActivityTimestamp;
        activity.Duration = request.Duration.Value ?? activity.Duration;
        activity.Location = request.Location.Value?.Trim() ?? activity.Location;
        activity.Title = request.Title.IsSet ? StringNormalization.TrimToNull(request.Title.Value) : activity.Title;
        activity.Description = request.Description.IsSet
            ? StringNormalization.EmptyToNull(request.Description.Value)
            : activity.Description;
        activity.Metadata = activity.Metadata.After(request.Metadata);
        if (activity.Attach(request.AttachmentUrls, unit.Stamp.Ids) is { } tooMany)
        {
            return tooMany;
        }

        if (unit.References.ChooseValue(AttributeKind.ActivityType, request.Type, activity.TypeId, out var typeId) is { } typeMissing)
        {
            return typeMissing;
        }

        if (unit.References.ChooseValue(AttributeKind.ActivityStatus, request.Status, activity.StatusId, out var statusId)
            is { } statusMissing)
        {
            return statusMissing;
        }

        (activity.TypeId, activity.StatusId) = (typeId, statusId);
        return request.Participants.IsSet ? ReplaceParticipants(activity, request.Participants.Value ?? [], unit.References) : null;
    }

    private static Error? ReplaceParticipants(Activity activity, IReadOnlyList<string> given, References references)
    {
        var users = given.Select(references.FindUser).ToList();
        if (users.Contains(null))
        {
            return ParticipantNotFound;
        }

        List<Ulid> named = [.. users.OfType<Ulid>().Distinct()];
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
