using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.ValueGeneration;

namespace Thena.Accounts.Core.Persistence;

/// <summary>Gives records their id when they are added.</summary>
internal sealed class IdValueGenerator : ValueGenerator<Ulid>
{
    public override bool GeneratesTemporaryValues => false;

    public override Ulid Next(EntityEntry entry) => ((AccountsDbContext)entry.Context).Ids.Next();
}
