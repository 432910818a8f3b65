namespace Thena.Accounts.Core.Kinds;

/// <summary>The names of the kinds that members of records of all features refer to.</summary>
public static class SharedKinds
{
    /// <summary>Accounts.</summary>
    public const string Accounts = "accounts";

    /// <summary>Users. The API does not show them, so only files contain them.</summary>
    public const string Users = "users";

    /// <summary>The values of pick lists.</summary>
    public const string AttributeValues = "attribute-values";

    /// <summary>The definitions of custom fields.</summary>
    public const string CustomFields = "custom-fields";
}
