using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>Custom fields, for what handles all kinds of records.</summary>
public sealed class CustomFieldKind : RecordKind<CustomField, CustomFieldResponse>
{
    /// <summary>The name of the kind.</summary>
    public const string Plural = SharedKinds.CustomFields;

    private const string Root = "v1/custom-field";

    /// <summary>Creates the descriptor.</summary>
    public CustomFieldKind()
        : base(Plural, Root, CustomFieldJson.Default, (field, _) => CustomFieldResponse.From(field))
    {
        EventName = "account-custom-field";
        PayloadName = "customField";
        Requests = new RecordRequests<CustomFieldService, CreateCustomFieldRequest, CustomFieldUpdates, CustomFieldResponse>(
            (fields, request, cancellationToken) => fields.CreateAsync(request, cancellationToken),
            (fields, id, updates, cancellationToken) => fields.UpdateLatestAsync(id, updates, cancellationToken));

        // The fields of accounts have a list of their own. The pages of the other list start at 0.
        Lists =
        [
            new RecordList("v1/accounts/account-custom-fields") { FirstPage = null },
            new RecordList($"{Root}?source={CustomFieldSource.CustomerContact}") { FirstPage = 0 },
        ];
        Key = new RecordKey("source", "name") { IsIdentity = true, Changeable = "name" };
        IsDefinition = true;
        Examples = new RecordExamples { Change = """{"description": "What the customer has signed.", "hintText": "See the contract"}""" };
    }

    /// <inheritdoc/>
    public override void Register(IServiceCollection services) => services.AddScoped<CustomFieldService>();
}
