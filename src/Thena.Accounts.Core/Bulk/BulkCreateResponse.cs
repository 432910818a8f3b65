namespace Thena.Accounts.Core.Bulk;

/// <summary>What became of the items of a bulk request.</summary>
public sealed record BulkCreateResponse
{
    /// <summary>How many items were given.</summary>
    /// <example>3</example>
    public required int Total { get; init; }

    /// <summary>How many were created.</summary>
    /// <example>2</example>
    public required int Created { get; init; }

    /// <summary>How many were left out, as they exist or stand earlier in the same body.</summary>
    /// <example>1</example>
    public required int Skipped { get; init; }

    /// <summary>What became of each item, in the order given.</summary>
    public required IReadOnlyList<BulkItemResponse> Results { get; init; }

    internal static BulkCreateResponse Of(IReadOnlyList<BulkItemResponse> results)
    {
        var created = results.Count(result => result.Status == BulkItemResponse.Created);
        return new BulkCreateResponse { Total = results.Count, Created = created, Skipped = results.Count - created, Results = results };
    }
}
