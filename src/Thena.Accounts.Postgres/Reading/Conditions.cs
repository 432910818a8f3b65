using System.Globalization;
using Npgsql;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Search;

namespace Thena.Accounts.Postgres.Reading;

/// <summary>The conditions of a query and their parameters. The first parameter is the organization.</summary>
internal sealed class Conditions
{
    private readonly List<object?> _values = [];
    private string _sql;
    private (string Contains, string HasGrams)? _search;

    /// <summary>Starts with the living records of an organization.</summary>
    public Conditions(Ulid organizationId)
    {
        OrganizationId = organizationId;
        _sql = "r.organization_id = $1 and r.deleted_at is null";
        Parameter(organizationId);
    }

    private Conditions(Conditions other)
    {
        OrganizationId = other.OrganizationId;
        _values.AddRange(other._values);
        (_sql, _search, Listed, ReadsUpdateTimes) = (other._sql, other._search, other.Listed, other.ReadsUpdateTimes);
    }

    /// <summary>The organization.</summary>
    public Ulid OrganizationId { get; }

    /// <summary>Whether the records are searched for.</summary>
    public (string Contains, string HasGrams)? Search => _search;

    /// <summary>The first condition on the value of a subquery: its column and the subquery.</summary>
    public (string Column, string Subquery)? Listed { get; private set; }

    /// <summary>Whether there is a condition on the time of change that the times beside the table have an index for (ADR 21).</summary>
    public bool ReadsUpdateTimes { get; set; }

    /// <summary>The conditions without the search.</summary>
    public string WithoutSearch => _sql;

    /// <summary>All conditions.</summary>
    public string Sql => _search is var (contains, hasGrams) ? $"{_sql} and {contains} and {hasGrams}" : WithoutSearch;

    /// <summary>Returns the same conditions, to which others can be added.</summary>
    public Conditions Copy() => new(this);

    /// <summary>Adds a parameter.</summary>
    /// <returns>The placeholder of the parameter in SQL, such as <c>$2</c>.</returns>
    public string Parameter(object? value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${_values.Count}");
    }

    /// <summary>Adds the parameters of an interpolated text, and returns it with their placeholders.</summary>
    public string Format(FormattableString sql) => string.Format(
        CultureInfo.InvariantCulture, sql.Format, [.. sql.GetArguments().Select(Parameter)]);

    /// <summary>Adds a condition.</summary>
    public void Add(string condition) => _sql += $" and {condition}";

    /// <summary>Adds the condition that a column has the value of a subquery, which PostgreSQL does not know when it plans.</summary>
    /// <remarks>
    /// The first such condition is written as a range, and its column is put before the ID in the order. That changes no result, but leaves
    /// the index of the column and the ID as the only one that has the order. With an equality, PostgreSQL would assume that the value is
    /// common, and read all records of the organization to find the few that have a rare one.
    /// </remarks>
    public void AddValueOf(string column, string subquery)
    {
        if (Listed is not null)
        {
            Add($"{column} = ({subquery})");
            return;
        }

        Listed = (column, subquery);
        Add($"{column} between ({subquery}) and ({subquery})");
    }

    /// <summary>Adds the condition that the search text contains a text.</summary>
    public void AddSearch(string text)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);
        _search = (
            $"r.search like {Parameter($"%{escaped}%")}",
            $"{SearchGrams.Expression} @@ {Parameter(SearchGrams.Query(OrganizationId, text))}::tsquery");
    }

    /// <summary>Creates a statement with the parameters.</summary>
    public NpgsqlBatchCommand CreateCommand(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in _values)
        {
            command.Parameters.Add(Parameters.Of(value));
        }

        return command;
    }
}
