using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Thena.Accounts.Benchmarks.Load;

/// <summary>
/// The yardstick for Thena.Accounts: Kestrel and Npgsql alone. Runs the captured statements, prepared, on each request in one round trip,
/// and writes every column of every row as JSON.
/// </summary>
internal static class BareEndpoint
{
    /// <summary>Serves until the process ends.</summary>
    public static async Task RunAsync(string connectionString, string statementsFile, string port)
    {
        var statements = JsonSerializer.Deserialize<Statement[]>(await File.ReadAllTextAsync(statementsFile))!;
        await using var dataSource = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 10, AutoPrepareMinUsages = 1, NoResetOnClose = true });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        app.Run(context => context.Request.Path == "/health/ready"
            ? Task.CompletedTask
            : AnswerAsync(context, dataSource, statements));
        await app.RunAsync();
    }

    private static async Task AnswerAsync(HttpContext context, NpgsqlDataSource dataSource, Statement[] statements)
    {
        // The last segment of the path, if it is an ID, replaces the parameter that was the ID when the statement was captured.
        var last = context.Request.Path.Value!.Split('/')[^1];
        var id = Ulid.TryParse(last, out var parsed) ? parsed.ToGuid().ToString() : null;
        await using var connection = await dataSource.OpenConnectionAsync(context.RequestAborted);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement.Sql);
            foreach (var value in statement.Parameters)
            {
                command.Parameters.Add(Parameter(value, id));
            }

            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(context.RequestAborted);
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartArray();
        do
        {
            while (await reader.ReadAsync(context.RequestAborted))
            {
                writer.WriteStartObject();
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    writer.WritePropertyName(reader.GetName(column));
                    Write(writer, reader, column);
                }

                writer.WriteEndObject();
            }
        }
        while (await reader.NextResultAsync(context.RequestAborted));
        writer.WriteEndArray();
        await writer.FlushAsync(context.RequestAborted);
    }

    private static NpgsqlParameter Parameter(string? value, string? id) =>
        value is not null && Guid.TryParse(value, out var guid)
            ? new NpgsqlParameter<Guid> { TypedValue = id is not null && guid != Organization ? Guid.Parse(id) : guid }
            : long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? new NpgsqlParameter<int> { TypedValue = (int)number }
                : new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };

    private static void Write(Utf8JsonWriter writer, NpgsqlDataReader reader, int column)
    {
        if (reader.IsDBNull(column))
        {
            writer.WriteNullValue();
            return;
        }

        switch (reader.GetDataTypeName(column))
        {
            case "uuid":
                Span<char> ulid = stackalloc char[26];
                new Ulid(reader.GetGuid(column)).TryWriteStringify(ulid);
                writer.WriteStringValue(ulid);
                break;
            case "integer":
                writer.WriteNumberValue(reader.GetInt32(column));
                break;
            case "bigint":
                writer.WriteNumberValue(reader.GetInt64(column));
                break;
            case "boolean":
                writer.WriteBooleanValue(reader.GetBoolean(column));
                break;
            case var type when type.StartsWith("numeric", StringComparison.Ordinal):
                writer.WriteNumberValue(reader.GetDecimal(column));
                break;
            case "timestamp with time zone":
                writer.WriteStringValue(reader.GetDateTime(column));
                break;
            case "json" or "jsonb":
                writer.WriteRawValue(reader.GetString(column), skipInputValidation: true);
                break;
            case var type when type.EndsWith("[]", StringComparison.Ordinal):
                writer.WriteStringValue(reader.GetValue(column).ToString());
                break;
            default:
                writer.WriteStringValue(reader.GetString(column));
                break;
        }
    }

    private static Guid Organization { get; } =
        Guid.TryParse(Environment.GetEnvironmentVariable("BARE_ORGANIZATION"), out var id) ? id : default;
}
