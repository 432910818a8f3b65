using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// Runs several queries for whole entities in one round trip to the database. What comes back is tracked, as after <c>ToListAsync</c>.
/// Meant for what a use case has to know before it writes: the record itself and everything a request refers to.
/// </summary>
internal sealed class QueryBatch(AccountsDbContext context)
{
    private const string Savepoint = "before_batch";

    private readonly List<(Func<NpgsqlBatchCommand> Command, Func<DbDataReader, CancellationToken, Task> Read)> _queries = [];
    private readonly List<Func<bool>> _isSettled = [];

    /// <summary>Adds a query.</summary>
    /// <param name="query">A query for entities of one table, filtered and ordered, but not projected or joined.</param>
    /// <param name="rowLock">Whether its rows are held until the transaction ends, and how.</param>
    /// <returns>The entities, filled by <see cref="RunAsync"/>.</returns>
    public IReadOnlyList<TEntity> Add<TEntity>(IQueryable<TEntity> query, RowLock rowLock = RowLock.None)
        where TEntity : class
    {
        using var source = query.CreateDbCommand();
        var text = source.CommandText + rowLock switch
        {
            RowLock.ForShare => "\nFOR SHARE",
            RowLock.ForUpdate => "\nFOR NO KEY UPDATE",
            _ => "",
        };
        NpgsqlParameter[] parameters = [.. source.Parameters.Cast<NpgsqlParameter>()];
        List<TEntity> entities = [];
        _queries.Add((() => CreateCommand(text, parameters), async (reader, cancellationToken) =>
        {
            entities.Clear();
            var materializer = new EntityReader<TEntity>(context, reader);
            while (await reader.ReadAsync(cancellationToken))
            {
                entities.Add(materializer.Read());
            }
        }
        ));
        return entities;
    }

    /// <summary>
    /// Adds a query by what others may change meanwhile, such as which value is the default, and holds its rows. A row that has come to match while others
    /// were waited for is unknown to a query that holds: it is asked a second time, and all begins anew when the answer is another.
    /// </summary>
    /// <remarks>Needs a transaction, as every query that holds rows does.</remarks>
    /// <param name="query">As in <see cref="Add"/>.</param>
    public IReadOnlyList<TEntity> AddSettled<TEntity>(IQueryable<TEntity> query)
        where TEntity : class
    {
        var held = Add(query, RowLock.ForShare);
        var seen = Add(query);
        _isSettled.Add(() => seen.Count == held.Count);
        return held;
    }

    /// <summary>Runs the queries added, in their order.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            while (!await TryRunAsync(cancellationToken))
            {
                context.ChangeTracker.Clear();
                await context.Database.CurrentTransaction!.RollbackToSavepointAsync(Savepoint, cancellationToken);
            }
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }

    private static NpgsqlBatchCommand CreateCommand(string text, NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter.Clone());
        }

        return command;
    }

    /// <returns>Whether all that is held is all there is.</returns>
    private async Task<bool> TryRunAsync(CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(
            (NpgsqlConnection)context.Database.GetDbConnection(),
            (NpgsqlTransaction?)context.Database.CurrentTransaction?.GetDbTransaction());
        if (_isSettled.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"savepoint {Savepoint}"));
        }

        foreach (var (command, _) in _queries)
        {
            batch.BatchCommands.Add(command());
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var (_, read) in _queries)
        {
            await read(reader, cancellationToken);
            await reader.NextResultAsync(cancellationToken);
        }

        return _isSettled.TrueForAll(isSettled => isSettled());
    }

    private sealed class EntityReader<TEntity>
        where TEntity : class
    {
        private readonly AccountsDbContext _context;
        private readonly DbDataReader _reader;
        private readonly (IProperty Property, int Ordinal)[] _columns;
        private readonly IEntityType _type;

        public EntityReader(AccountsDbContext context, DbDataReader reader)
        {
            _context = context;
            _reader = reader;
            _type = context.Model.FindEntityType(typeof(TEntity))!;
            _columns = [.. _type.GetProperties().Select(property => (property, reader.GetOrdinal(property.GetColumnName())))];
        }

        public TEntity Read()
        {
            var values = _columns.ToDictionary(column => column.Property, column => Value(column.Property, column.Ordinal));
            var key = _type.FindPrimaryKey()!.Properties.Select(property => values[property]).ToArray();
            if (_context.Set<TEntity>().Local.FindEntryUntyped(key) is { } tracked)
            {
                return tracked.Entity;
            }

            var entity = (TEntity)Activator.CreateInstance(typeof(TEntity), nonPublic: true)!;
            foreach (var (property, value) in values)
            {
                switch (property.GetMemberInfo(forMaterialization: true, forSet: true))
                {
                    case FieldInfo field:
                        field.SetValue(entity, value);
                        break;
                    case PropertyInfo member:
                        member.SetValue(entity, value);
                        break;
                }
            }

            _context.Attach(entity);
            return entity;
        }

        private object? Value(IProperty property, int ordinal)
        {
            if (_reader.IsDBNull(ordinal))
            {
                return null;
            }

            var mapping = property.GetRelationalTypeMapping();
            var stored = mapping.Converter is { } converter ? converter.ProviderClrType : property.ClrType;
            var value = Read(stored, ordinal);
            return mapping.Converter is null ? value : mapping.Converter.ConvertFromProvider(value);
        }

        private object Read(Type type, int ordinal) => _reader.GetValue(ordinal) switch
        {
            DateTime time => new DateTimeOffset(time, TimeSpan.Zero),
            var value when type.IsAssignableFrom(value.GetType()) || Nullable.GetUnderlyingType(type) == value.GetType() => value,
            var value => throw new InvalidOperationException($"{typeof(TEntity).Name} has a {type.Name} in a column of {value.GetType().Name}."),
        };
    }
}

/// <summary>How rows are held until the end of a transaction.</summary>
internal enum RowLock
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Against change and deletion: for rows that what is about to be written refers to.</summary>
    ForShare,

    /// <summary>Against change and deletion by others, not against new rows that refer to them: for rows that are about to be changed.</summary>
    ForUpdate,
}
