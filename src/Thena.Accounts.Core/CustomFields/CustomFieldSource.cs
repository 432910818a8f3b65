namespace Thena.Accounts.Core.CustomFields;

/// <summary>The kinds of record that custom fields can belong to.</summary>
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

    /// <summary>All kinds of record.</summary>
    public static IReadOnlyList<string> All { get; } = [Ticket, Account, CustomObject, CustomerContact];
}
