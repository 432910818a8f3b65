using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Core.Attributes;

/// <summary>Pick list values, for what handles all kinds of records.</summary>
public sealed class AttributeValueKind : RecordKind<AttributeValue, AttributeValueResponse>
{
    /// <summary>The name of the kind.</summary>
    public const string Plural = SharedKinds.AttributeValues;

    private const string Root = "v1/accounts/attributes";

    /// <summary>Creates the descriptor.</summary>
    public AttributeValueKind()
        : base(Plural, Root, AttributeValueJson.Default, (value, _) => AttributeValueResponse.From(value))
    {
        EventName = "account-attribute-value";
        PayloadName = "attributeValue";
        Requests = new RecordRequests<
            AttributeValueService, CreateAttributeValueRequest, UpdateAttributeValueRequest, AttributeValueResponse>(
            (values, request, cancellationToken) => values.CreateAsync(request, cancellationToken),
            (values, id, request, cancellationToken) => values.UpdateAsync(id, request, cancellationToken));
        Lists =
        [
            .. AttributeKinds.Names.Select(attribute =>
                new RecordList($"{Root}?attribute={attribute}") { FirstPage = null, IsOldestFirst = true }),
        ];
        Key = new RecordKey("attribute", "value") { IsIdentity = true, Changeable = "value" };
        Examples = new RecordExamples { Change = """{"icon": "rocket-launch", "color": "#16A34A"}""" };
    }

    /// <inheritdoc/>
    public override void Register(IServiceCollection services) => services.AddScoped<AttributeValueService>();

    /// <inheritdoc/>
    public override void Describe(IRecordMembers members)
    {
        members.Flatten("configuration", "icon", "color", "isClosed");

        // Only another value that becomes the default can take that from a value of most lists.
        if (
            members.IsFalse("isDefault")
                && (!AttributeKinds.TryParse(members.Text("attribute"), out var kind) || kind.NeedsDefault()))
        {
            members.Remove("isDefault");
        }
    }
}
