using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Deletion;
using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Core.Relationships;

/// <summary>Relationships between accounts, for what handles all kinds of records.</summary>
public sealed class RelationshipKind : RecordKind<Relationship, RelationshipResponse>
{
    /// <summary>The name of the kind.</summary>
    public const string Plural = "relationships";

    /// <summary>Creates the descriptor.</summary>
    public RelationshipKind()
        : base(Plural, "v1/accounts/relationships", RelationshipJson.Default, RelationshipResponse.From)
    {
        EventName = "account-relationship";
        PayloadName = "relationship";
        NotFound = RelationshipService.NotFound;
        Requests = new RecordRequests<RelationshipService, CreateRelationshipRequest, UpdateRelationshipRequest, RelationshipResponse>(
            (relationships, request, cancellationToken) => relationships.CreateAsync(request, cancellationToken),
            (relationships, id, request, cancellationToken) => relationships.UpdateAsync(id, request, cancellationToken));
        Key = new RecordKey("accountId", "relatedAccountId", "relationshipType") { IsIdentity = true };
    }

    /// <inheritdoc/>
    public override void Register(IServiceCollection services)
    {
        services.AddScoped<RelationshipService>();
        services.AddSingleton<IDependents<Account>, AccountRelationshipDependents>();
    }

    /// <inheritdoc/>
    public override void Describe(IRecordMembers members)
    {
        members.Record("accountId", AccountKind.Plural);
        members.Record("relatedAccountId", AccountKind.Plural);
        members.ShownRecord("relationshipType", RelationshipTypeKind.Plural);
    }
}
