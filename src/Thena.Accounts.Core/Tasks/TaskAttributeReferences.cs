using System.Linq.Expressions;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Tasks;

/// <summary>The attribute values that tasks refer to.</summary>
internal sealed class TaskAttributeReferences(AccountsDbContext context) : AttributeReferences<AccountTask>(context)
{
    protected override Expression<Func<AccountTask, Ulid?>>? Column(AttributeKind kind) => kind switch
    {
        AttributeKind.TaskType => task => task.TypeId,
        AttributeKind.TaskStatus => task => task.StatusId,
        AttributeKind.TaskPriority => task => task.PriorityId,
        _ => null,
    };
}
