using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Core.Relationships;

/// <summary>Relationship types, for what handles all kinds of records.</summary>
public sealed class RelationshipTypeKind : RecordKind<RelationshipType, RelationshipTypeResponse>
{
    /// <summary>The name of the kind.</summary>
    public const string Plural = "relationship-types";

    private const string Root = "v1/accounts/relationships/types";

    /// <summary>Creates the descriptor.</summary>
    public RelationshipTypeKind()
        : base(Plural, Root, RelationshipTypeJson.Default, RelationshipTypeResponse.From)
    {
        EventName = "account-relationship-type";
        PayloadName = "relationshipType";
        Requests = new RecordRequests<
            RelationshipTypeService, CreateRelationshipTypeRequest, UpdateRelationshipTypeRequest, RelationshipTypeResponse>(
            (types, request, cancellationToken) => types.CreateAsync(request, cancellationToken),
            (types, id, request, cancellationToken) => types.UpdateAsync(id, request, cancellationToken));
        Lists = [new RecordList(Root) { FirstPage = null, IsOldestFirst = true }];
        Key = new RecordKey("name") { IsIdentity = true, Changeable = "name" };
        Examples = new RecordExamples { Shown = 4, Deleted = 5, Change = """{"name": "Authorized distributor"}""" };
    }

    /// <inheritdoc/>
    public override void Register(IServiceCollection services) => services.AddScoped<RelationshipTypeService>();

    /// <inheritdoc/>
    public override void Describe(IRecordMembers members) => members.Record("inverseRelationshipId", Plural, mayComeLater: true);
}
