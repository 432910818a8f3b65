using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Deletion;
using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Core.Activities;

/// <summary>Activities, for what handles all kinds of records.</summary>
public sealed class ActivityKind : RecordKind<Activity, ActivityResponse>
{
    /// <summary>The name of the kind.</summary>
    public const string Plural = "activities";

    /// <summary>Creates the descriptor.</summary>
    public ActivityKind()
        : base(Plural, "v1/accounts/activities", ActivityJson.Default, ActivityResponse.From)
    {
        EventName = "account-activity";
        PayloadName = "activity";
        NotFound = ActivityService.NotFound;
        Requests = new RecordRequests<ActivityService, CreateActivityRequest, UpdateActivityRequest, ActivityResponse>(
            (activities, request, cancellationToken) => activities.CreateAsync(request, cancellationToken),
            (activities, id, request, cancellationToken) => activities.UpdateAsync(id, request, cancellationToken));
        Examples = new RecordExamples { Change = """{"status": "COMPLETED", "duration": 30}""" };
    }

    /// <inheritdoc/>
    public override void Register(IServiceCollection services)
    {
        services.AddScoped<ActivityService>();
        services.AddUse<Activity>(AttributeKind.ActivityType, nameof(Activity.TypeId));
        services.AddUse<Activity>(AttributeKind.ActivityStatus, nameof(Activity.StatusId));
        services.AddSingleton<IDependents<Account>, AccountActivityDependents>();
    }

    /// <inheritdoc/>
    public override void Describe(IRecordMembers members)
    {
        members.Record("accountId", AccountKind.Plural);
        members.Author("creatorId", "creatorEmail", "creator");
        members.Users("participants");
        members.PickListValues("type", "status");
        members.Attachments();
    }
}
