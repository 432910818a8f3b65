using NpgsqlTypes;

namespace Thena.Accounts.Postgres.Model;

/// <summary>The types of columns in Npgsql's words.</summary>
internal static class StoreTypes
{
    private static readonly Dictionary<string, NpgsqlDbType> Types = new(StringComparer.Ordinal)
    {
        ["uuid"] = NpgsqlDbType.Uuid,
        ["text"] = NpgsqlDbType.Text,
        ["text[]"] = NpgsqlDbType.Array | NpgsqlDbType.Text,
        ["timestamp with time zone"] = NpgsqlDbType.TimestampTz,
        ["json"] = NpgsqlDbType.Json,
        ["jsonb"] = NpgsqlDbType.Jsonb,
        ["boolean"] = NpgsqlDbType.Boolean,
        ["smallint"] = NpgsqlDbType.Smallint,
        ["integer"] = NpgsqlDbType.Integer,
        ["bigint"] = NpgsqlDbType.Bigint,
        ["numeric"] = NpgsqlDbType.Numeric,
        ["bytea"] = NpgsqlDbType.Bytea,
    };

    /// <summary>Returns the type with a name.</summary>
    public static NpgsqlDbType Of(string storeType) => Types.TryGetValue(storeType, out var type)
        ? type
        : throw new NotSupportedException($"No column has had the type {storeType} before: add it to {nameof(StoreTypes)}.");
}
