using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Relationships;

/// <summary>What the organization's accounts are to each other (contract: Relationships).</summary>
public sealed class RelationshipService(AccountsDbContext context, TimeProvider time)
{
    private static readonly Error NotFound = Error.NotFound("Relationship not found!");

    /// <summary>A page of the relationships that match, newest first, as they were told.</summary>
    public Task<Result<Page<RelationshipResponse>>> ListAsync(ListRelationshipsQuery query, CancellationToken cancellationToken)
    {
        var relationships = context.Relationships.WithId(query.RelationshipTypeId, relationship => relationship.TypeId);
        if (query.AccountId is not null)
        {
            var accountId = WireFormat.IdOrNone(query.AccountId);
            relationships = relationships.Where(relationship => relationship.AccountId == accountId || relationship.RelatedAccountId == accountId);
        }

        return relationships.ToPageAsync(
            query, ListOrder<Relationship, RelationshipResponse>.Newest, RelationshipResponse.Projection, row => row.Id, cancellationToken);
    }

    /// <summary>States what one account is to another.</summary>
    public async Task<Result<RelationshipResponse>> CreateAsync(CreateRelationshipRequest request, CancellationToken cancellationToken)
    {
        var accountId = WireFormat.IdOrNone(request.AccountId.Value);
        var relatedId = WireFormat.IdOrNone(request.RelatedAccountId.Value);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var batch = new QueryBatch(context);
        var accounts = batch.Add(
            context.Accounts.Where(account => account.Id == accountId || account.Id == relatedId).OrderBy(account => account.Id), RowLock.ForShare);
        var types = AddType(batch, request.RelationshipType.Value!);
        await batch.RunAsync(cancellationToken);
        if (accounts.All(account => account.Id != accountId) || accounts.All(account => account.Id != relatedId))
        {
            return AccountService.NotFound;
        }

        if (accountId == relatedId)
        {
            return Error.Invalid("An account cannot be related to itself!");
        }

        if (types is not [var type, ..])
        {
            return RelationshipTypeService.NotFound;
        }

        var relationship = new Relationship { AccountId = accountId, RelatedAccountId = relatedId, Metadata = RawJson.ObjectOrEmpty(request.Metadata.Value) };
        relationship.SetType(type);
        context.Add(relationship);
        return await SaveAsync(relationship, cancellationToken);
    }

    /// <summary>Changes what the accounts are to each other.</summary>
    public async Task<Result<RelationshipResponse>> UpdateAsync(string id, UpdateRelationshipRequest request, CancellationToken cancellationToken)
    {
        if (!WireFormat.TryParseId(id, out var relationshipId))
        {
            return NotFound;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var batch = new QueryBatch(context);
        var types = AddType(batch, request.RelationshipType.Value!);
        var found = batch.Add(context.Relationships.Where(relationship => relationship.Id == relationshipId), RowLock.ForUpdate);
        await batch.RunAsync(cancellationToken);
        if (found is not [var relationship])
        {
            return NotFound;
        }

        if (types is not [var type, ..])
        {
            return RelationshipTypeService.NotFound;
        }

        relationship.SetType(type);
        relationship.Metadata = relationship.Metadata.After(request.Metadata);
        return await SaveAsync(relationship, cancellationToken);
    }

    /// <summary>Deletes a relationship.</summary>
    public async Task<Result> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.Now();
        return WireFormat.TryParseId(id, out var relationshipId)
            && await context.Relationships.Where(relationship => relationship.Id == relationshipId).SoftDeleteAsync(now, cancellationToken) > 0
            ? Result.Done
            : NotFound;
    }

    /// <summary>Adds the search for a type by id or by name; an id comes first.</summary>
    private IReadOnlyList<RelationshipType> AddType(QueryBatch batch, string reference)
    {
        var key = StringNormalization.Key(reference);
        var typeId = WireFormat.IdOrNone(reference.Trim());
        return batch.Add(
            context.RelationshipTypes.Where(type => type.Id == typeId || type.NameKey == key).OrderByDescending(type => type.Id == typeId), RowLock.ForShare);
    }

    private async Task<Result<RelationshipResponse>> SaveAsync(Relationship relationship, CancellationToken cancellationToken)
    {
        var transaction = context.Database.CurrentTransaction!;
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsDuplicate(out var index) && index == RelationshipConfiguration.UniqueFact)
        {
            await transaction.RollbackAsync(cancellationToken);
            return Error.Conflict("This relationship already exists!") with
            {
                ExistingId = WireFormat.IdOrNull(await context.Relationships
                    .Where(twin => twin.FactAccountId == relationship.FactAccountId && twin.FactRelatedAccountId == relationship.FactRelatedAccountId
                        && twin.FactTypeId == relationship.FactTypeId && twin.Id != relationship.Id)
                    .Select(twin => (Ulid?)twin.Id).FirstOrDefaultAsync(cancellationToken)),
            };
        }

        return await context.CommitAsync(relationship, RelationshipResponse.Projection, cancellationToken);
    }
}
