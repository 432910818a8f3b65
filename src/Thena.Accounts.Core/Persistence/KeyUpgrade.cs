using Npgsql;
using Thena.Accounts.Core.Normalization;

namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// Brings the keys that make records unique to the form of today: email addresses with the domain in punycode, everything composed (NFC).
/// Earlier versions of the server only lowered the case. SQL cannot do this, so it runs before the migration <see cref="Migration"/>.
/// </summary>
internal static class KeyUpgrade
{
    /// <summary>The migration that tells that all keys have the form of today. It changes nothing itself.</summary>
    public const string Migration = "20261125204500_CanonicalKeys";

    private const string NotAscii = "[^\\x01-\\x7f]";

    private static readonly (string Table, string Text, string Key, string Scope, Func<string, string> KeyOf)[] Keys =
    [
        ("contacts", "email", "email_key", "", EmailAddress.Key),
        ("users", "email", "email_key", "", EmailAddress.Key),
        ("attribute_values", "value", "value_key", "and other.kind = record.kind", StringNormalization.Key),
        ("relationship_types", "name", "name_key", "", StringNormalization.Key),
        ("custom_fields", "name", "name_key", "and other.source = record.source", StringNormalization.Key),
    ];

    /// <summary>Upgrades the keys. If interrupted, it can run again.</summary>
    /// <returns>
    /// A sentence for each record whose new key another record has. Such a record keeps its old key and stays as it is, so that nothing is
    /// lost.
    /// </returns>
    public static async Task<List<string>> RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        List<string> collisions = [];
        foreach (var (table, text, key, scope, keyOf) in Keys)
        {
            foreach (var (organization, id, written, old) in await ReadAsync(connection, table, text, key, cancellationToken))
            {
                var current = keyOf(written);
                if (current != old && !await TryUpdateAsync(connection, table, key, scope, organization, id, current, cancellationToken))
                {
                    collisions.Add(
                        $"Two records in {table} of the organization {new Ulid(organization)} are now equal. The record {new Ulid(id)} "
                        + "keeps its old comparison key.");
                }
            }
        }

        return collisions;
    }

    private static async Task<List<(Guid Organization, Guid Id, string Text, string Key)>> ReadAsync(
        NpgsqlConnection connection, string table, string text, string key, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select organization_id, id, {text}, {key} from {table} where {text} ~ '{NotAscii}' or {text} ~ '[.]\\s*$' order by id",
            connection);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<(Guid, Guid, string, string)> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add((reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3)));
        }

        return rows;
    }

    private static async Task<bool> TryUpdateAsync(
        NpgsqlConnection connection,
        string table,
        string key,
        string scope,
        Guid organization,
        Guid id,
        string current,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            update {table} record set {key} = $3
            where organization_id = $1 and id = $2 and (deleted_at is not null or not exists (
                select 1 from {table} other
                where other.organization_id = $1 and other.{key} = $3 and other.deleted_at is null and other.id <> $2 {scope}))
            """,
            connection)
        {
            Parameters = { new() { Value = organization }, new() { Value = id }, new() { Value = current } },
        };
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }
}
