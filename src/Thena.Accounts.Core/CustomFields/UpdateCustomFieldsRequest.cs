namespace Thena.Accounts.Core.CustomFields;

/// <summary>Changes to several custom fields: all are made, or none.</summary>
public sealed record UpdateCustomFieldsRequest
{
    /// <summary>The changes.</summary>
    public IReadOnlyList<UpdateCustomFieldItem>? Fields { get; init; }
}
