using System.Linq.Expressions;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Activities;

/// <summary>The attribute values that activities refer to.</summary>
internal sealed class ActivityAttributeReferences(AccountsDbContext context) : AttributeReferences<Activity>(context)
{
    protected override Expression<Func<Activity, Ulid?>>? Column(AttributeKind kind) => kind switch
    {
        AttributeKind.ActivityType => activity => activity.TypeId,
        AttributeKind.ActivityStatus => activity => activity.StatusId,
        _ => null,
    };
}
