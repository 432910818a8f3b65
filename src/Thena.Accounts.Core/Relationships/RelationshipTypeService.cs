using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Relationships;

/// <summary>Manages the organization's relationship types (contract: Relationship types).</summary>
public sealed class RelationshipTypeService(AccountsDbContext context, RecordReads reads, WriteTransaction write, TimeProvider time)
{
    internal static readonly Error NotFound = Error.NotFound("Relationship type not found!");

    private static readonly Error AlreadyPaired = Error.Conflict("Relationship type is already paired!");

    private static readonly UniqueRule SameFact =
        UniqueRule.Create(RelationshipConfiguration.UniqueFact.Index, "Two relationships would state the same fact!");

    /// <summary>Lists all types, in order of creation.</summary>
    public async Task<IReadOnlyList<RelationshipTypeResponse>> ListAsync(CancellationToken cancellationToken) =>
        await reads.From(RelationshipTypeResponse.Shape)
            .ToListAsync(RecordOrder.Oldest, cancellationToken);

    /// <summary>Creates a type, and pairs it with its inverse if the request names one.</summary>
    public Task<Result<RelationshipTypeResponse>> CreateAsync(
        CreateRelationshipTypeRequest request, CancellationToken cancellationToken) =>
        write.CreateAsync<RelationshipType, RelationshipTypeResponse>(
        RelationshipTypeResponse.Shape,
        async batch =>
        {
            await batch.RunAsync(cancellationToken);
            var inverseId = StringNormalization.EmptyToNull(request.InverseRelationshipId.Value);
            var inverse = inverseId is null ? null : Find(await LockAllAsync(cancellationToken), inverseId);
            if (inverseId is not null && inverse is null)
            {
                return NotFound;
            }

            if (inverse?.InverseId is not null)
            {
                return AlreadyPaired;
            }

            var type = new RelationshipType
            {
                Name = request.Name.Value!.Trim(),
                Metadata = RawJson.ObjectOrEmpty(request.Metadata.Value),
                InverseId = inverse?.Id,
            };
            context.Stamp(type);
            if (inverse is not null)
            {
                // The types refer to each other, so the new one must exist first.
                await write.SaveAsync(type, cancellationToken);
                inverse.InverseId = type.Id;
                await write.SaveAsync(type, cancellationToken);
                await UpdateCanonicalFormsAsync([type.Id, inverse.Id], cancellationToken);
            }

            return type;
        },
        cancellationToken,
        RelationshipTypeConfiguration.UniqueName,
        SameFact);

    /// <summary>Updates a type. Setting or clearing its inverse does the same to the other type.</summary>
    public Task<Result<RelationshipTypeResponse>> UpdateAsync(
        Ulid id, UpdateRelationshipTypeRequest request, CancellationToken cancellationToken) =>
        write.RunAsync<RelationshipType, RelationshipTypeResponse>(
        RelationshipTypeResponse.Shape,
        async () =>
        {
            var types = await LockAllAsync(cancellationToken);
            if (types.FirstOrDefault(candidate => candidate.Id == id) is not { } type)
            {
                return NotFound;
            }

            type.Name = request.Name.IsSet ? request.Name.Value!.Trim() : type.Name;
            type.Metadata = type.Metadata.After(request.Metadata);
            List<RelationshipType> changed = [];
            if (request.InverseRelationshipId.IsSet && Pair(type, request.InverseRelationshipId.Value, types, changed) is { } refusal)
            {
                return refusal;
            }

            await write.SaveAsync(type, cancellationToken);
            await UpdateCanonicalFormsAsync([.. changed.Select(other => other.Id)], cancellationToken);
            return type;
        },
        cancellationToken,
        RelationshipTypeConfiguration.UniqueName,
        SameFact);

    /// <summary>Deletes a type that no relationship uses, and clears the inverse of its partner.</summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) => write.RunAsync(
        async () =>
        {
            var types = await LockAllAsync(cancellationToken);
            if (types.FirstOrDefault(candidate => candidate.Id == id) is not { } type)
            {
                return NotFound;
            }

            if (await context.Relationships.AnyAsync(relationship => relationship.TypeId == id, cancellationToken))
            {
                return Error.Conflict("Relationship type is in use!");
            }

            if (types.FirstOrDefault(other => other.Id == type.InverseId) is { } partner)
            {
                partner.InverseId = null;
                type.InverseId = null;
                await write.SaveAsync(type, cancellationToken);
                await UpdateCanonicalFormsAsync([partner.Id], cancellationToken);
            }

            var now = time.Now();
            await write.SoftDeleteAsync(context.RelationshipTypes.Where(candidate => candidate.Id == id), now, cancellationToken);
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
    /// Locks all types of the organization, and then reads them. Changes of pairs thus run one after the other, and each sees the result of
    /// the one before.
    /// </summary>
    private async Task<IReadOnlyList<RelationshipType>> LockAllAsync(CancellationToken cancellationToken)
    {
        var batch = new QueryBatch(context);
        batch.Lock(context.RelationshipTypes.OrderBy(type => type.Id), RowLock.Change);
        var types = batch.Add(context.RelationshipTypes.OrderBy(type => type.Id));
        await batch.RunAsync(cancellationToken);
        return types;
    }

    /// <summary>
    /// Derives the canonical form of relationships again after the inverse of their type has changed. Must match
    /// <see cref="Relationship.SetType"/>.
    /// </summary>
    private async Task UpdateCanonicalFormsAsync(Ulid[] typeIds, CancellationToken cancellationToken)
    {
        if (typeIds.Length == 0)
        {
            return;
        }

        var organization = context.OrganizationId.ToGuid();
        var ids = Array.ConvertAll(typeIds, id => id.ToGuid());
        await context.Database.ExecuteSqlAsync(
            $"""
            update relationships
            set fact_type_id = case when stated.is_turned then stated.inverse_id else stated.type_id end,
                fact_account_id = case when stated.is_turned then relationships.related_account_id else relationships.account_id end,
                fact_related_account_id = case when stated.is_turned then relationships.account_id else relationships.related_account_id end
            from (
                select told.id, types.id as type_id, types.inverse_id,
                    coalesce(
                        case
                            when types.inverse_id = types.id then told.account_id > told.related_account_id
                            else types.inverse_id < types.id
                        end,
                        false) as is_turned
                from relationships told
                join relationship_types types on types.organization_id = {organization} and types.id = told.type_id
                where told.organization_id = {organization} and told.type_id = any({ids}) and told.deleted_at is null
            ) stated
            where relationships.organization_id = {organization} and relationships.id = stated.id
            """,
            cancellationToken);
    }
}
