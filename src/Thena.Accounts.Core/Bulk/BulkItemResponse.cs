namespace Thena.Accounts.Core.Bulk;

/// <summary>What became of one item of a bulk request.</summary>
/// <param name="Index">The item's place in the body, from 0.</param>
/// <param name="Id">The record's id; of a skipped item, that of the record which was there before.</param>
/// <param name="Status"><c>created</c> or <c>skipped</c>.</param>
public sealed record BulkItemResponse(int Index, string? Id, string Status)
{
    /// <summary>The item was created.</summary>
    public const string Created = "created";

    /// <summary>The item was left out.</summary>
    public const string Skipped = "skipped";
}
