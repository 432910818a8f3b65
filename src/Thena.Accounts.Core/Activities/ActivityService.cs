using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Deletion;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Tenancy;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Activities;

/// <summary>Manages the activities of accounts (contract: Activities).</summary>
public sealed class ActivityService(
    Records records, Writes writes, CurrentOrganization organization, IEnumerable<IDependents<Activity>> dependents)
{
    internal static readonly Error NotFound = Error.NotFound("Account activity not found");

    /// <summary>Reads a page of the activities that match, newest first.</summary>
    public Task<Result<Page<ActivityResponse>>> ListAsync(ListActivitiesQuery query, CancellationToken cancellationToken) =>
        records.ToPageAsync(
            records.Of<Activity>()
                .WithId(nameof(Activity.Id), query.ActivityId)
                .WithId(nameof(Activity.AccountId), query.AccountId)
                .WithValue(nameof(Activity.TypeId), AttributeKind.ActivityType, query.Type)
                .WithValue(nameof(Activity.StatusId), AttributeKind.ActivityStatus, query.Status),
            query,
            ListOrder.Newest<Activity>(),
            ActivityResponse.From,
            cancellationToken);

    /// <summary>Gets an activity.</summary>
    public Task<Result<ActivityResponse>> GetAsync(Ulid id, CancellationToken cancellationToken) =>
        records.GetAsync(records.Of<Activity>(), id, NotFound, ActivityResponse.From, cancellationToken);

    /// <summary>Creates an activity whose creator is the caller.</summary>
    public Task<Result<ActivityResponse>> CreateAsync(CreateActivityRequest request, CancellationToken cancellationToken) =>
        writes.RunAsync<ActivityResponse>(
            async unit =>
            {
                var accounts = new NamedAccounts(unit, request.AccountId.Value);
                await unit.SendAsync();
                if (accounts.Find(request.AccountId.Value) is not var (accountId, accountName))
                {
                    return AccountService.NotFound;
                }

                var activity = unit.Stamp.New(new Activity
                {
                    AccountId = accountId,
                    AccountName = accountName,
                    Location = request.Location.Value!.Trim(),
                    CreatorId = organization.Caller.UserId,
                });
                if (ActivityWriter.Apply(activity, request, unit) is { } refusal)
                {
                    return refusal;
                }

                unit.Insert(activity);
                return ActivityResponse.From(activity, unit.References);
            },
            cancellationToken);

    /// <summary>Updates an activity.</summary>
    public Task<Result<ActivityResponse>> UpdateAsync(Ulid id, UpdateActivityRequest request, CancellationToken cancellationToken) =>
        writes.UpdateAsync(
            All, id, NotFound, unit => activity => ActivityWriter.Apply(activity, request, unit), ActivityResponse.From, cancellationToken);

    /// <summary>Deletes an activity. Its tasks stay, no longer linked to an activity.</summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) =>
        writes.DeleteAsync(All, id, NotFound, cancellationToken, unit => dependents.Lock(id, unit));

    /// <summary>Removes an attachment from an activity.</summary>
    public Task<Result> RemoveAttachmentAsync(Ulid id, Ulid attachmentId, CancellationToken cancellationToken) =>
        writes.RemoveAttachmentAsync(All, id, NotFound, attachmentId, cancellationToken);

    private static Query<Activity> All(Unit unit) => unit.Of<Activity>();
}
