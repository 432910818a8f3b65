namespace Thena.Accounts.Core.CustomFields;

/// <summary>Custom fields to delete: all, or none.</summary>
public sealed record DeleteCustomFieldsRequest
{
    /// <summary>The fields.</summary>
    public IReadOnlyList<DeleteCustomFieldItem>? Fields { get; init; }
}
