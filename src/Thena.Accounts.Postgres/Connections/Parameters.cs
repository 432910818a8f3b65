using System.Globalization;
using Npgsql;

namespace Thena.Accounts.Postgres.Connections;

/// <summary>Creates parameters of statements in SQL.</summary>
internal static class Parameters
{
    /// <summary>Returns a statement in SQL, whose values become parameters.</summary>
    public static NpgsqlBatchCommand Command(FormattableString sql)
    {
        var command = new NpgsqlBatchCommand(string.Format(
            CultureInfo.InvariantCulture,
            sql.Format,
            [.. Enumerable.Range(1, sql.ArgumentCount).Select(number => string.Create(CultureInfo.InvariantCulture, $"${number}"))]));
        foreach (var value in sql.GetArguments())
        {
            command.Parameters.Add(Of(value));
        }

        return command;
    }

    /// <summary>Returns a parameter with a value.</summary>
    public static NpgsqlParameter Of(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        bool flag => new NpgsqlParameter<bool> { TypedValue = flag },
        int number => new NpgsqlParameter<int> { TypedValue = number },
        long number => new NpgsqlParameter<long> { TypedValue = number },
        long[] numbers => new NpgsqlParameter<long[]> { TypedValue = numbers },
        decimal number => new NpgsqlParameter<decimal> { TypedValue = number },
        DateTimeOffset time => new NpgsqlParameter<DateTimeOffset> { TypedValue = time },
        Guid id => new NpgsqlParameter<Guid> { TypedValue = id },
        Ulid id => new NpgsqlParameter<Guid> { TypedValue = id.ToGuid() },
        IEnumerable<Ulid> ids => new NpgsqlParameter<Guid[]> { TypedValue = [.. ids.Select(id => id.ToGuid())] },
        string text => new NpgsqlParameter<string> { TypedValue = text },
        IEnumerable<string> texts => new NpgsqlParameter<string[]> { TypedValue = [.. texts] },
        DateTimeOffset[] times => new NpgsqlParameter<DateTimeOffset[]> { TypedValue = times },
        byte[] bytes => new NpgsqlParameter<byte[]> { TypedValue = bytes },
        Guid[] ids => new NpgsqlParameter<Guid[]> { TypedValue = ids },
        _ => throw new ArgumentException($"A value of the type {value.GetType()} cannot be a parameter.", nameof(value)),
    };
}
