using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Relationships;

/// <summary>What accounts can be to each other (contract: Relationship types).</summary>
public sealed class RelationshipTypeService(AccountsDbContext context, TimeProvider time)
{
    internal static readonly Error NotFound = Error.NotFound("Relationship type not found!");

    private static readonly Error AlreadyPaired = Error.Conflict("Relationship type is already paired!");

    /// <summary>All types, in order of creation.</summary>
    public async Task<IReadOnlyList<RelationshipTypeResponse>> ListAsync(CancellationToken cancellationToken) =>
        await context.RelationshipTypes.OrderBy(type => type.Id).Select(RelationshipTypeResponse.Projection).ToListAsync(cancellationToken);

    /// <summary>Creates a type, paired with another where one is named.</summary>
    public async Task<Result<RelationshipTypeResponse>> CreateAsync(CreateRelationshipTypeRequest request, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var inverseId = StringNormalization.EmptyToNull(request.InverseRelationshipId.Value);
        var inverse = inverseId is null ? null : await LockAsync(inverseId, cancellationToken);
        if (inverseId is not null && inverse is null)
        {
            return NotFound;
        }

        if (inverse?.InverseId is not null)
        {
            return AlreadyPaired;
        }

        var type = new RelationshipType { Name = request.Name.Value!.Trim(), Metadata = RawJson.ObjectOrEmpty(request.Metadata.Value) };
        context.Add(type);
        if (await SaveAsync(type, cancellationToken) is { } conflict)
        {
            return conflict;
        }

        if (inverse is not null)
        {
            // Each refers to the other: the new one has to be there first.
            (type.InverseId, inverse.InverseId) = (inverse.Id, type.Id);
            await context.SaveChangesAsync(cancellationToken);
            if (await RestateFactsAsync([type, inverse], cancellationToken) is { } clash)
            {
                return clash;
            }
        }

        return await context.CommitAsync(type, RelationshipTypeResponse.Projection, cancellationToken);
    }

    /// <summary>Changes a type. Setting or clearing its inverse does the same to the other, in one transaction.</summary>
    public async Task<Result<RelationshipTypeResponse>> UpdateAsync(string id, UpdateRelationshipTypeRequest request, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var inverseId = StringNormalization.EmptyToNull(request.InverseRelationshipId.Value);
        var locked = await LockWithPartnersAsync([id, inverseId], cancellationToken);
        if (Find(locked, id) is not { } type)
        {
            return NotFound;
        }

        type.Name = request.Name.IsSet ? request.Name.Value!.Trim() : type.Name;
        type.Metadata = type.Metadata.After(request.Metadata);
        List<RelationshipType> repaired = [];
        if (request.InverseRelationshipId.IsSet)
        {
            var inverse = Find(locked, inverseId);
            if (inverseId is not null && inverse is null)
            {
                return NotFound;
            }

            var partner = locked.FirstOrDefault(other => other.Id == type.InverseId);
            if (inverse?.Id != type.InverseId)
            {
                if (inverse is not null && (type.InverseId is not null || inverse.InverseId is not null))
                {
                    return AlreadyPaired;
                }

                repaired = [.. new[] { type, partner, inverse }.OfType<RelationshipType>().Distinct()];
                partner?.InverseId = null;
                type.InverseId = inverse?.Id;
                inverse?.InverseId = type.Id;
            }
        }

        return await SaveAsync(type, cancellationToken) is { } conflict ? conflict
            : await RestateFactsAsync(repaired, cancellationToken) is { } clash ? clash
            : await context.CommitAsync(type, RelationshipTypeResponse.Projection, cancellationToken);
    }

    /// <summary>Deletes a type that no relationship has, and frees its partner.</summary>
    public async Task<Result> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var locked = await LockWithPartnersAsync([id], cancellationToken);
        if (Find(locked, id) is not { } type)
        {
            return NotFound;
        }

        if (await context.Relationships.AnyAsync(relationship => relationship.TypeId == type.Id, cancellationToken))
        {
            return Error.Conflict("Relationship type is in use!");
        }

        if (locked.FirstOrDefault(other => other.Id == type.InverseId) is { } partner)
        {
            partner.InverseId = null;
            type.InverseId = null;
            await context.SaveChangesAsync(cancellationToken);
            await RestateFactsAsync([partner], cancellationToken);
        }

        var now = time.Now();
        await context.RelationshipTypes.Where(candidate => candidate.Id == type.Id).SoftDeleteAsync(now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private static RelationshipType? Find(IReadOnlyList<RelationshipType> types, string? id) =>
        WireFormat.TryParseId(id, out var typeId) ? types.FirstOrDefault(type => type.Id == typeId) : null;

    private async Task<RelationshipType?> LockAsync(string id, CancellationToken cancellationToken) =>
        Find(await LockWithPartnersAsync([id], cancellationToken), id);

    /// <summary>Loads types and their partners for change, always in the same order, so that two who pair the same types cannot wait for each other.</summary>
    private async Task<IReadOnlyList<RelationshipType>> LockWithPartnersAsync(IEnumerable<string?> references, CancellationToken cancellationToken)
    {
        List<Ulid> ids = [.. references.Select(reference => WireFormat.IdOrNone(reference))];
        var batch = new QueryBatch(context);
        var types = batch.Add(
            context.RelationshipTypes
                .Where(type => ids.Contains(type.Id) || (type.InverseId != null && ids.Contains(type.InverseId.Value)))
                .OrderBy(type => type.Id),
            RowLock.ForUpdate);
        await batch.RunAsync(cancellationToken);
        return types;
    }

    private async Task<Error?> SaveAsync(RelationshipType type, CancellationToken cancellationToken)
    {
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateException exception) when (exception.IsDuplicate(out var index) && index == RelationshipTypeConfiguration.UniqueName)
        {
            await context.Database.CurrentTransaction!.RollbackAsync(cancellationToken);
            return Error.Conflict("A relationship type with this name already exists!") with
            {
                ExistingId = WireFormat.IdOrNull(await context.RelationshipTypes.Where(twin => twin.NameKey == type.NameKey && twin.Id != type.Id)
                    .Select(twin => (Ulid?)twin.Id).FirstOrDefaultAsync(cancellationToken)),
            };
        }
    }

    /// <summary>Tells the facts of types anew whose inverse has changed.</summary>
    /// <returns>A conflict when two relationships turn out to state the same fact.</returns>
    private async Task<Error?> RestateFactsAsync(IReadOnlyCollection<RelationshipType> types, CancellationToken cancellationToken)
    {
        if (types.Count == 0)
        {
            return null;
        }

        List<Ulid> ids = [.. types.Select(type => type.Id)];
        var relationships = await context.Relationships.AsTracking().Where(relationship => ids.Contains(relationship.TypeId)).ToListAsync(cancellationToken);
        foreach (var relationship in relationships)
        {
            relationship.SetType(types.First(type => type.Id == relationship.TypeId));
        }

        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateException exception) when (exception.IsDuplicate(out var index) && index == RelationshipConfiguration.UniqueFact)
        {
            return Error.Conflict("Two relationships would state the same fact!");
        }
    }
}
