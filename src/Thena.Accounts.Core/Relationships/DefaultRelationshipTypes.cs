using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Relationships;

/// <summary>The types that every new organization starts with: Parent ↔ Subsidiary and Partner ↔ Partner.</summary>
internal static class DefaultRelationshipTypes
{
    /// <summary>Adds them; they are paired when the context saves the second time, as each refers to the other.</summary>
    public static async Task AddAsync(AccountsDbContext context, CancellationToken cancellationToken)
    {
        var parent = new RelationshipType { Name = "Parent" };
        var subsidiary = new RelationshipType { Name = "Subsidiary" };
        var partner = new RelationshipType { Name = "Partner" };
        context.AddRange(parent, subsidiary, partner);
        await context.SaveChangesAsync(cancellationToken);
        (parent.InverseId, subsidiary.InverseId, partner.InverseId) = (subsidiary.Id, parent.Id, partner.Id);
        await context.SaveChangesAsync(cancellationToken);
    }
}
