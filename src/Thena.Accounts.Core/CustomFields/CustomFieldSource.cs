namespace Thena.Accounts.Core.CustomFields;

/// <summary>What sort of record a custom field belongs to.</summary>
public static class CustomFieldSource
{
    /// <summary>Tickets.</summary>
    public const string Ticket = "ticket";

    /// <summary>Accounts.</summary>
    public const string Account = "account";

    /// <summary>Custom objects.</summary>
    public const string CustomObject = "custom_object";

    /// <summary>Contacts.</summary>
    public const string CustomerContact = "customer_contact";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Ticket, Account, CustomObject, CustomerContact];
}
