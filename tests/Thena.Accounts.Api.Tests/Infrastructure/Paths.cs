
namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>The paths of the API.</summary>
public static class Paths
{
    public const string Accounts = "/v1/accounts";
    public const string AttributeValues = "/v1/accounts/attributes";
    public const string Contacts = "/v1/accounts/contacts";
    public const string CustomFields = "/v1/custom-field";
    public const string Relationships = "/v1/accounts/relationships";
    public const string RelationshipTypes = "/v1/accounts/relationships/types";
    public const string Webhooks = "/v1/accounts/webhooks";
}
