
namespace Thena.Accounts.Postgres.Reading;

/// <summary>The order of a list: by a column, and by ID where records have the same value in it.</summary>
/// <param name="Column">
/// The column or SQL expression, qualified with <c>r</c> and never null; null to order by ID alone, which is the order of creation.
/// </param>
/// <param name="IsDescending">Whether the largest values come first. The ID has the same direction.</param>
public sealed record RecordOrder(string? Column, bool IsDescending)
{
    /// <summary>The column of the time of the last change.</summary>
    public const string UpdatedAt = "r.updated_at";

    /// <summary>Newest first, the default order of lists.</summary>
    public static RecordOrder Newest { get; } = new(null, IsDescending: true);

    /// <summary>The order of creation.</summary>
    public static RecordOrder Oldest { get; } = new(null, IsDescending: false);

    /// <summary>The order as SQL.</summary>
    internal string Sql => Column is null ? $"r.id{Direction}" : $"{Column}{Direction}, r.id{Direction}";

    private string Direction => IsDescending ? " desc" : "";

    /// <summary>Returns the SQL condition that a record comes after another one.</summary>
    /// <param name="key">The subquery of the other record's value; not used if the order is by ID alone.</param>
    /// <param name="id">The subquery of the other record's ID.</param>
    internal string After(string key, string id)
    {
        var comparison = IsDescending ? '<' : '>';
        return Column is null ? $"r.id {comparison} ({id})" : $"({Column}, r.id) {comparison} (({key}), ({id}))";
    }
}
