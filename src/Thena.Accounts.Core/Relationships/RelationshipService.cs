using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Relationships;

/// <summary>Manages the relationships between accounts (contract: Relationships).</summary>
public sealed class RelationshipService(Records records, Writes writes)
{
    internal static readonly Error NotFound = Error.NotFound("Relationship not found!");

    /// <summary>Reads a page of the relationships that match, newest first, in the direction in which they were created.</summary>
    public Task<Result<Page<RelationshipResponse>>> ListAsync(ListRelationshipsQuery query, CancellationToken cancellationToken)
    {
        var relationships = records.Of<Relationship>().WithId(nameof(Relationship.TypeId), query.RelationshipTypeId);
        if (query.AccountId is not null)
        {
            var accountId = WireFormat.IdOrNone(query.AccountId);
            relationships.Where($"(r.account_id = {accountId} or r.related_account_id = {accountId})");
        }

        return records.ToPageAsync(
            relationships, query, ListOrder.Newest<Relationship>(), RelationshipResponse.From, cancellationToken);
    }

    /// <summary>Gets a relationship, in the direction in which it was created.</summary>
    public Task<Result<RelationshipResponse>> GetAsync(Ulid id, CancellationToken cancellationToken) =>
        records.GetAsync(records.Of<Relationship>(), id, NotFound, RelationshipResponse.From, cancellationToken);

    /// <summary>Creates a relationship between two accounts.</summary>
    public Task<Result<RelationshipResponse>> CreateAsync(CreateRelationshipRequest request, CancellationToken cancellationToken) =>
        writes.RunAsync<RelationshipResponse>(
            async unit =>
            {
                var accounts = new NamedAccounts(unit, request.AccountId.Value, request.RelatedAccountId.Value);
                await unit.SendAsync();
                if (accounts.Find(request.AccountId.Value) is not var (accountId, accountName)
                    || accounts.Find(request.RelatedAccountId.Value) is not var (relatedId, relatedName))
                {
                    return AccountService.NotFound;
                }

                if (accountId == relatedId)
                {
                    return Error.Invalid("An account cannot be related to itself!");
                }

                if (unit.References.FindRelationshipType(request.RelationshipType.Value!) is not { } type)
                {
                    return RelationshipTypeService.NotFound;
                }

                var relationship = unit.Stamp.New(new Relationship
                {
                    AccountId = accountId,
                    AccountName = accountName,
                    RelatedAccountId = relatedId,
                    RelatedAccountName = relatedName,
                    Metadata = RawJson.ObjectOrEmpty(request.Metadata.Value),
                });
                relationship.SetType(type);
                unit.Insert(relationship);
                return RelationshipResponse.From(relationship, unit.References);
            },
            cancellationToken,
            RelationshipConfiguration.UniqueFact);

    /// <summary>Updates the type or the metadata of a relationship.</summary>
    public Task<Result<RelationshipResponse>> UpdateAsync(
        Ulid id, UpdateRelationshipRequest request, CancellationToken cancellationToken) =>
        writes.UpdateAsync(
            All,
            id,
            NotFound,
            unit => relationship =>
            {
                if (unit.References.FindRelationshipType(request.RelationshipType.Value!) is not { } type)
                {
                    return RelationshipTypeService.NotFound;
                }

                relationship.SetType(type);
                relationship.Metadata = relationship.Metadata.After(request.Metadata);
                return null;
            },
            RelationshipResponse.From,
            cancellationToken,
            RelationshipConfiguration.UniqueFact);

    /// <summary>Deletes a relationship.</summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) =>
        writes.DeleteAsync(All, id, NotFound, cancellationToken);

    private static Query<Relationship> All(Unit unit) => unit.Of<Relationship>();
}
