using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Bulk;

/// <summary>The results of a bulk request.</summary>
public sealed record BulkCreateResponse
{
    /// <summary>The number of items in the request.</summary>
    /// <example>3</example>
    public required int Total { get; init; }

    /// <summary>The number of items that were created.</summary>
    /// <example>2</example>
    public required int Created { get; init; }

    /// <summary>The number of items that were skipped, because they already exist or appear earlier in the request.</summary>
    /// <example>1</example>
    public required int Skipped { get; init; }

    /// <summary>The result of each item, in the order given.</summary>
    public required IReadOnlyList<BulkItemResponse> Results { get; init; }

    /// <summary>Makes the response, with the result of each item.</summary>
    /// <param name="items">The records of all items, in the order of the request.</param>
    /// <param name="inserted">The records that were inserted, and the existing ones.</param>
    internal static BulkCreateResponse Of<T>(IReadOnlyList<T> items, InsertedSet<T> inserted)
        where T : TenantEntity
    {
        var results = items.Select((item, index) => new BulkItemResponse(
            index,
            WireFormat.Id(inserted.WithKeyOf(item).Id),
            inserted.HasCreated(item) ? BulkItemResponse.Created : BulkItemResponse.Skipped));
        return new()
        {
            Total = items.Count,
            Created = inserted.Created.Count,
            Skipped = items.Count - inserted.Created.Count,
            Results = [.. results],
        };
    }
}

/// <summary>The result of one item of a bulk request.</summary>
/// <param name="Index" example="0">The position of the item in the request, from 0.</param>
/// <param name="Id">The ID of the record; for a skipped item, the ID of the existing record.</param>
/// <param name="Status" example="created"><c>created</c> or <c>skipped</c>.</param>
public sealed record BulkItemResponse(int Index, string? Id, string Status)
{
    /// <summary>The item was created.</summary>
    public const string Created = "created";

    /// <summary>The item was skipped.</summary>
    public const string Skipped = "skipped";
}
