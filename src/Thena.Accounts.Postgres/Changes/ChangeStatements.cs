using System.Data.Common;
using System.Globalization;
using System.Text;
using Npgsql;
using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Postgres.Changes;

/// <summary>A statement that reads changes, called <c>c</c>, of one organization, which is its first parameter.</summary>
internal sealed class ChangeStatements(Ulid organizationId)
{
    private const string Columns =
        "c.id, c.type, c.record_id, c.version, c.changed, c.before, c.after, c.visible_to, c.before_visible_to, c.actor_id, c.api_key_id,"
        + " c.request_id, c.source";

    private readonly List<NpgsqlParameter> _parameters = [Parameters.Of(organizationId)];
    private readonly StringBuilder _conditions = new();

    /// <summary>Adds a parameter.</summary>
    /// <returns>Its placeholder.</returns>
    public string Parameter(object value)
    {
        _parameters.Add(Parameters.Of(value));
        return string.Create(CultureInfo.InvariantCulture, $"${_parameters.Count}");
    }

    /// <summary>Adds a condition.</summary>
    public ChangeStatements Where(string condition)
    {
        _conditions.Append(" and ").Append(condition);
        return this;
    }

    /// <summary>Keeps what a user may see: of a record that is private, only its author sees it as it is while it is private.</summary>
    public ChangeStatements VisibleTo(Ulid viewer)
    {
        var user = Parameter(viewer);
        return Where(
            $"""
            case
                when c.type like '%:deleted' then c.before_visible_to is null or c.before_visible_to = {user}
                when c.visible_to is null or c.visible_to = {user} then true
                else c.type like '%:updated' and c.before_visible_to is null
            end
            """);
    }

    /// <summary>Keeps changes that touch one of some members. A new or deleted record touches all.</summary>
    public ChangeStatements Touching(IReadOnlyCollection<string> members)
    {
        // As JSON, written like the column.
        var names = Parameter(members.Select(RecordJson.Quote));
        var starts = Parameter(members.Select(member => RecordJson.Quote(member)[..^1] + "."));
        return Where(
            $"""
            (c.type not like '%:updated' or exists (
                select from json_array_elements(c.changed) member
                where member::text = any({names})
                    or exists (select from unnest({starts}::text[]) start where starts_with(member::text, start))))
            """);
    }

    /// <summary>Keeps the changes of an account and of the records that belong to it.</summary>
    public ChangeStatements OfAccount(Ulid accountId) =>
        Where($"(c.record_id = {Parameter(accountId)} or c.account_ids ? {Parameter(accountId.ToString())})");

    /// <summary>Creates the statement.</summary>
    /// <param name="from">The table of the changes, and a condition. A column before those of the changes is its first.</param>
    /// <param name="sequence">The column with the number in the feed, or 0.</param>
    /// <param name="end">The order and the limit.</param>
    public NpgsqlBatchCommand Create(string sequence, string from, string end)
    {
        var command = new NpgsqlBatchCommand($"select {sequence}, {Columns} from {from}{_conditions} {end}");
        _parameters.ForEach(parameter => command.Parameters.Add(parameter));
        return command;
    }

    /// <summary>Reads a row.</summary>
    public static FeedChange Read(DbDataReader reader) => new(
        reader.GetInt64(0),
        new Ulid(reader.GetGuid(1)),
        reader.GetString(2),
        new Ulid(reader.GetGuid(3)),
        reader.GetInt32(4),
        reader.GetFieldValue<byte[]>(5),
        Json(reader, 6),
        Json(reader, 7),
        Id(reader, 8),
        Id(reader, 9),
        Id(reader, 10),
        Id(reader, 11),
        reader.IsDBNull(12) ? null : reader.GetString(12),
        reader.GetString(13));

    /// <summary>Reads rows until there are enough of them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="limit">The largest number of rows.</param>
    /// <param name="maxBytes">The size of the JSON after which reading ends.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>The changes, and whether there are more rows.</returns>
    public static async Task<(List<FeedChange> Changes, bool IsCut)> ReadAsync(
        DbDataReader reader, int limit, int maxBytes, CancellationToken cancellationToken)
    {
        List<FeedChange> changes = [];
        var bytes = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (changes.Count == limit || bytes >= maxBytes)
            {
                return (changes, true);
            }

            changes.Add(Read(reader));
            bytes += (changes[^1].Before?.Length ?? 0) + (changes[^1].After?.Length ?? 0);
        }

        return (changes, false);
    }

    private static ReadOnlyMemory<byte>? Json(DbDataReader reader, int column) =>
        // A plain null would be converted to an empty memory.
        reader.IsDBNull(column) ? default(ReadOnlyMemory<byte>?) : reader.GetFieldValue<byte[]>(column);

    private static Ulid? Id(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : new Ulid(reader.GetGuid(column));
}
