using System.Text;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Benchmarks.Load;

/// <summary>A statement that the server has sent, as the log of PostgreSQL shows it.</summary>
/// <param name="Sql">The text, with parameters <c>$1</c>, <c>$2</c>, …</param>
/// <param name="Parameters">The values as text, by number from 1; <see langword="null"/> is NULL.</param>
internal sealed partial record Statement(string Sql, IReadOnlyList<string?> Parameters)
{
    /// <summary>Reads the statements that were executed, in order, from a piece of the log.</summary>
    public static IReadOnlyList<Statement> Parse(string log)
    {
        List<Statement> statements = [];
        StringBuilder? sql = null;
        StringBuilder? detail = null;
        foreach (var line in log.Split('\n').Append("LOG:  end"))
        {
            if (line.StartsWith('\t') && (detail ?? sql) is { } open)
            {
                open.Append('\n').Append(line, 1, line.Length - 1);
            }
            else if (sql is not null && DetailLine().Match(line) is { Success: true } parameters)
            {
                detail = new StringBuilder(parameters.Groups["text"].Value);
            }
            else if (EntryLine().IsMatch(line))
            {
                if (sql is not null)
                {
                    statements.Add(new Statement(sql.ToString().Trim(), ParseParameters(detail?.ToString() ?? "")));
                }

                sql = ExecuteLine().Match(line) is { Success: true } executed ? new StringBuilder(executed.Groups["text"].Value) : null;
                detail = null;
            }
        }

        return statements;
    }

    /// <summary>The statement with its values in the text, each after a change.</summary>
    /// <param name="change">Changes the literal of a value. Gets the value and its literal.</param>
    public string ToSql(Func<string?, string, string>? change = null) => Placeholder().Replace(Sql, match =>
    {
        var value = Parameters[int.Parse(match.Groups["number"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) - 1];
        var literal = value is null ? "null" : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
        return change?.Invoke(value, literal) ?? literal;
    });

    private static List<string?> ParseParameters(string detail)
    {
        List<string?> values = [];
        foreach (Match match in Parameter().Matches(detail))
        {
            values.Add(match.Groups["null"].Success ? null : match.Groups["text"].Value.Replace("''", "'", StringComparison.Ordinal));
        }

        return values;
    }

    [GeneratedRegex(@"^(?:[^\t]*\s)?(?:LOG|ERROR|STATEMENT|FATAL|WARNING):  ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex EntryLine();

    [GeneratedRegex(@"LOG:  duration: [0-9.]+ ms  (?:execute [^:]*|statement): (?<text>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ExecuteLine();

    [GeneratedRegex(@"DETAIL:  [Pp]arameters: (?<text>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex DetailLine();

    [GeneratedRegex(@"\$[0-9]+ = (?:(?<null>NULL)|'(?<text>(?:[^']|'')*)')", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\$(?<number>[0-9]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
