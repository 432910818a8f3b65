namespace Thena.Accounts.Core.CustomFields;

/// <summary>Changes to a custom field: absent members stay as they are, <c>null</c> clears.</summary>
public sealed record CustomFieldUpdates : CustomFieldFields;
