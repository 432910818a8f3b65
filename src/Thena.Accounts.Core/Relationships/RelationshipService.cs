using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Relationships;

/// <summary>Manages the relationships between accounts (contract: Relationships).</summary>
public sealed class RelationshipService(AccountsDbContext context, RecordReads reads, WriteTransaction write, TimeProvider time)
{
    private static readonly Error NotFound = Error.NotFound("Relationship not found!");

    /// <summary>Reads a page of the relationships that match, newest first, in the direction in which they were created.</summary>
    public Task<Result<Page<RelationshipResponse>>> ListAsync(ListRelationshipsQuery query, CancellationToken cancellationToken)
    {
        var relationships = reads.From(RelationshipResponse.Shape).WithId("type_id", query.RelationshipTypeId);
        if (query.AccountId is not null)
        {
            var account = relationships.Parameter(WireFormat.IdOrNone(query.AccountId).ToGuid());
            relationships.Where($"(account_id = {account} or related_account_id = {account})");
        }

        return relationships.ToPageAsync(query, ListOrder<RelationshipResponse>.Newest, row => row.Id, cancellationToken);
    }

    /// <summary>Creates a relationship between two accounts.</summary>
    public Task<Result<RelationshipResponse>> CreateAsync(CreateRelationshipRequest request, CancellationToken cancellationToken) =>
        write.CreateAsync<Relationship, RelationshipResponse>(
            RelationshipResponse.Shape,
            async batch =>
            {
                var accountId = WireFormat.IdOrNone(request.AccountId.Value);
                var relatedId = WireFormat.IdOrNone(request.RelatedAccountId.Value);
                var accounts = batch.Lock(
                    context.Accounts.Where(account => account.Id == accountId || account.Id == relatedId).OrderBy(account => account.Id),
                    RowLock.Share);
                var types = AddType(batch, request.RelationshipType.Value!);
                await batch.RunAsync(cancellationToken);
                if (!accounts.Contains(accountId) || !accounts.Contains(relatedId))
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

                var relationship = new Relationship
                {
                    AccountId = accountId,
                    RelatedAccountId = relatedId,
                    Metadata = RawJson.ObjectOrEmpty(request.Metadata.Value),
                };
                relationship.SetType(type.Id, type.InverseId);
                context.Stamp(relationship);
                return relationship;
            },
            cancellationToken,
            RelationshipConfiguration.UniqueFact);

    /// <summary>Updates the type or the metadata of a relationship.</summary>
    public Task<Result<RelationshipResponse>> UpdateAsync(
        Ulid id, UpdateRelationshipRequest request, CancellationToken cancellationToken) =>
        write.RunAsync<Relationship, RelationshipResponse>(
        RelationshipResponse.Shape,
        async () =>
        {
            var batch = new QueryBatch(context);
            var types = AddType(batch, request.RelationshipType.Value!);
            var found = batch.Add(context.Relationships.Where(relationship => relationship.Id == id), RowLock.Change);
            await batch.RunAsync(cancellationToken);
            if (found is not [var relationship])
            {
                return NotFound;
            }

            if (types is not [var type, ..])
            {
                return RelationshipTypeService.NotFound;
            }

            relationship.SetType(type.Id, type.InverseId);
            relationship.Metadata = relationship.Metadata.After(request.Metadata);
            return relationship;
        },
        cancellationToken,
        RelationshipConfiguration.UniqueFact);

    /// <summary>Deletes a relationship.</summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) =>
        write.DeleteAsync(context.Relationships.Where(relationship => relationship.Id == id), NotFound, time.Now(), cancellationToken);

    /// <summary>Adds the query for a type by ID or by name. A match by ID comes first.</summary>
    private IReadOnlyList<TypeReference> AddType(QueryBatch batch, string reference)
    {
        var key = StringNormalization.Key(reference);
        var typeId = WireFormat.IdOrNone(reference.Trim());
        return batch.Add(
            context.RelationshipTypes.Where(type => type.Id == typeId || type.NameKey == key).OrderByDescending(type => type.Id == typeId),
            type => new TypeReference(type.Id, type.InverseId),
            RowLock.Share);
    }

    private sealed record TypeReference(Ulid Id, Ulid? InverseId);
}
