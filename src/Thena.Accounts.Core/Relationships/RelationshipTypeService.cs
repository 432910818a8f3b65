using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Relationships;

/// <summary>Manages the organization's relationship types (contract: Relationship types).</summary>
public sealed class RelationshipTypeService(Records records, Writes writes)
{
    internal static readonly Error NotFound = Error.NotFound("Relationship type not found!");

    private static readonly Error AlreadyPaired = Error.Conflict("Relationship type is already paired!");

    private static readonly UniqueIndex<Relationship> SameFact =
        new(RelationshipConfiguration.UniqueFact.Name, "Two relationships would state the same fact!") { NamesExisting = false };

    /// <summary>Lists all types, in order of creation.</summary>
    public async Task<IReadOnlyList<RelationshipTypeResponse>> ListAsync(CancellationToken cancellationToken) =>
        await records.ToListAsync(
            records.Of<RelationshipType>(), RelationshipTypeResponse.From, RecordOrder.Oldest, cancellationToken);

    /// <summary>Creates a type, and pairs it with its inverse if the request names one.</summary>
    public Task<Result<RelationshipTypeResponse>> CreateAsync(
        CreateRelationshipTypeRequest request, CancellationToken cancellationToken) =>
        writes.RunAsync<RelationshipTypeResponse>(
            async unit =>
            {
                var inverseId = StringNormalization.EmptyToNull(request.InverseRelationshipId.Value);
                var inverse = inverseId is null ? null : Find(await LockAllAsync(unit), inverseId);
                if (inverseId is not null && inverse is null)
                {
                    return NotFound;
                }

                if (inverse?.InverseId is not null)
                {
                    return AlreadyPaired;
                }

                var type = unit.Stamp.New(new RelationshipType
                {
                    Name = request.Name.Value!.Trim(),
                    InverseId = inverse?.Id,
                    Metadata = RawJson.ObjectOrEmpty(request.Metadata.Value),
                });
                unit.Insert(type);
                if (inverse is not null)
                {
                    inverse.InverseId = type.Id;
                    unit.Update(inverse);
                    await UpdateCanonicalFormsAsync(unit, [type, inverse]);
                }

                return RelationshipTypeResponse.From(type, inverse);
            },
            cancellationToken,
            RelationshipTypeConfiguration.UniqueName,
            SameFact);

    /// <summary>Updates a type. Setting or clearing its inverse does the same to the other type.</summary>
    public Task<Result<RelationshipTypeResponse>> UpdateAsync(
        Ulid id, UpdateRelationshipTypeRequest request, CancellationToken cancellationToken) =>
        writes.RunAsync<RelationshipTypeResponse>(
            async unit =>
            {
                var types = await LockAllAsync(unit);
                if (types.FirstOrDefault(candidate => candidate.Id == id) is not { } type)
                {
                    return NotFound;
                }

                type.Name = request.Name.IsSet ? request.Name.Value!.Trim() : type.Name;
                type.Metadata = type.Metadata.After(request.Metadata);
                List<RelationshipType> paired = [];
                var refusal = request.InverseRelationshipId.IsSet ? Pair(type, request.InverseRelationshipId.Value, types, paired) : null;
                if ((refusal ?? unit.Check(type)) is { } error)
                {
                    return error;
                }

                // Types that lose their inverse come before those that get it, as an inverse is unique.
                foreach (var changed in paired.Union([type]).OrderBy(changed => changed.InverseId is not null))
                {
                    unit.Update(changed);
                }

                await UpdateCanonicalFormsAsync(unit, paired);
                return RelationshipTypeResponse.From(type, types.FirstOrDefault(other => other.Id == type.InverseId));
            },
            cancellationToken,
            RelationshipTypeConfiguration.UniqueName,
            SameFact);

    /// <summary>Deletes a type that no relationship uses, and clears the inverse of its partner.</summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) => writes.RunAsync(
        async unit =>
        {
            var types = await LockAllAsync(unit);
            if (types.FirstOrDefault(candidate => candidate.Id == id) is not { } type)
            {
                return NotFound;
            }

            var uses = unit.Count(unit.Of<Relationship>().Where(nameof(Relationship.TypeId), id));
            await unit.SendAsync();
            if (uses is not [0])
            {
                return Error.Conflict("Relationship type is in use!");
            }

            if (unit.Check(type) is { } conflict)
            {
                return conflict;
            }

            var partner = types.FirstOrDefault(other => other.Id == type.InverseId && other != type);
            type.InverseId = null;
            unit.Delete(type);
            if (partner is not null)
            {
                partner.InverseId = null;
                unit.Update(partner);
                await UpdateCanonicalFormsAsync(unit, [partner]);
            }

            return Result.Done;
        },
        cancellationToken);

    /// <summary>Sets or clears the inverse of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="inverseId">The ID of the inverse, as the client wrote it.</param>
    /// <param name="types">All types.</param>
    /// <param name="changed">Receives the types whose inverse changes.</param>
    /// <returns>The error that rejects the request, or <see langword="null"/>.</returns>
    private static Error? Pair(
        RelationshipType type, string? inverseId, IReadOnlyList<RelationshipType> types, List<RelationshipType> changed)
    {
        var inverse = Find(types, inverseId);
        if (inverse is null && StringNormalization.EmptyToNull(inverseId) is not null)
        {
            return NotFound;
        }

        if (inverse?.Id == type.InverseId)
        {
            return null;
        }

        if (inverse is not null && (type.InverseId is not null || inverse.InverseId is not null))
        {
            return AlreadyPaired;
        }

        var partner = types.FirstOrDefault(other => other.Id == type.InverseId);
        changed.AddRange(new[] { type, partner, inverse }.OfType<RelationshipType>().Distinct());
        partner?.InverseId = null;
        type.InverseId = inverse?.Id;
        inverse?.InverseId = type.Id;
        return null;
    }

    private static RelationshipType? Find(IReadOnlyList<RelationshipType> types, string? id) =>
        WireFormat.TryParseId(id, out var typeId) ? types.FirstOrDefault(type => type.Id == typeId) : null;

    /// <summary>
    /// Locks all types of the organization, and then reads them. Changes of pairs thus run one after the other, each sees the result of
    /// the one before, and both wait for the relationships that are being written.
    /// </summary>
    private static async Task<IReadOnlyList<RelationshipType>> LockAllAsync(Unit unit)
    {
        var types = unit.LockThenRead(unit.Of<RelationshipType>(), RowLock.Delete);
        await unit.SendAsync();
        return types;
    }

    /// <summary>Derives the canonical form of relationships again after the inverse of their type has changed.</summary>
    private static async Task UpdateCanonicalFormsAsync(Unit unit, IReadOnlyCollection<RelationshipType> types)
    {
        if (types.Count == 0)
        {
            return;
        }

        var relationships = unit.Lock(
            unit.Of<Relationship>().WhereAny(nameof(Relationship.TypeId), types.Select(type => type.Id)), RowLock.Change);
        await unit.SendAsync();
        foreach (var relationship in relationships)
        {
            relationship.SetType(types.Single(type => type.Id == relationship.TypeId));
        }

        unit.UpdateHidden(
            [.. relationships.Where(unit.HasChanged)],
            nameof(Relationship.FactTypeId),
            nameof(Relationship.FactAccountId),
            nameof(Relationship.FactRelatedAccountId));
    }
}
