using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Thena.Accounts.Postgres.Model;

/// <summary>
/// A collection of rows of another table that belong to a record, such as the values of its custom fields. With the record they are read
/// as arrays, as a row for each of them would repeat the whole record.
/// </summary>
/// <typeparam name="T">The record.</typeparam>
internal abstract class Parts<T>
    where T : TenantEntity
{
    private const string PositionProperty = "Position";

    /// <summary>The number of columns in a statement that reads them with the record.</summary>
    public abstract int Width { get; }

    /// <summary>The columns in a statement that reads them with the record.</summary>
    public abstract string Columns { get; }

    /// <summary>The reference data that every part refers to, if there are any. Without such data there are no parts.</summary>
    public abstract Type? Needs { get; }

    /// <summary>Returns the join for a few records. It looks up the rows of each of them.</summary>
    public abstract string JoinEach { get; }

    /// <summary>Returns the join for all records of an organization. It reads the whole table once, which is faster for many.</summary>
    public abstract string JoinAll { get; }

    /// <summary>Reads the parts into a record.</summary>
    public abstract void Read(NpgsqlDataReader reader, int first, T record);

    /// <summary>Returns the SQL for the rows of some records, in the order of the records.</summary>
    /// <param name="ids">A subquery with the IDs of the records.</param>
    public abstract string Select(string ids);

    /// <summary>Reads the ID of the record from a row of <see cref="Select"/>.</summary>
    public abstract Ulid ReadOwner(NpgsqlDataReader reader);

    /// <summary>Reads a row of <see cref="Select"/> into its record.</summary>
    public abstract void ReadRow(NpgsqlDataReader reader, T record);

    /// <summary>Returns the number of characters of all texts of the parts.</summary>
    public abstract long SizeOf(T record);

    /// <summary>Gives a copy of a record copies of the parts, to compare them later.</summary>
    public abstract void Copy(T record, T copy);

    /// <summary>Returns the statement that inserts the parts of new records, or null if there are none.</summary>
    public abstract NpgsqlBatchCommand? Insert(Ulid organizationId, IEnumerable<T> records);

    /// <summary>Whether the parts of a record differ from those of its copy.</summary>
    public abstract bool HasChanged(T before, T record);

    /// <summary>Returns the statements that write the differences between records and their copies.</summary>
    public abstract IEnumerable<NpgsqlBatchCommand> Change(Ulid organizationId, IReadOnlyList<(T Before, T Record)> records);

    /// <summary>Creates the parts of a collection.</summary>
    public static Parts<T> Create(INavigation navigation, Tables tables, int number) =>
        (Parts<T>)Activator.CreateInstance(
            typeof(Rows<>).MakeGenericType(typeof(T), navigation.TargetEntityType.ClrType), navigation, tables, number)!;

    private sealed class Rows<TPart> : Parts<T>
        where TPart : class, ITenantScoped
    {
        private readonly Table<TPart> _table;
        private readonly string _alias;
        private readonly string _owner;
        private readonly string _order;
        private readonly string _joins;
        private readonly IProperty[] _read;
        private readonly Shown[] _shown;
        private readonly Func<T, List<TPart>> _list;
        private readonly FieldInfo _field;
        private readonly Action<NpgsqlDataReader, int, T, List<TPart>> _readArrays;
        private readonly Comparison<TPart> _compare;

        public Rows(INavigation navigation, Tables tables, int number)
        {
            _table = tables.Of<TPart>();
            _alias = $"parts{number}";
            var owner = navigation.ForeignKey.Properties[1];
            _owner = owner.GetColumnName();
            var other = _table.Type.FindPrimaryKey()!.Properties.Last(property => property != owner);
            var order = _table.Type.FindProperty(PositionProperty) ?? other;
            _order = order.GetColumnName();
            _compare = (Comparison<TPart>)typeof(Rows<TPart>).GetMethod(nameof(Compare), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(order.ClrType).Invoke(null, [order.PropertyInfo])!;
            _read = [.. _table.Type.GetProperties().Where(property =>
                property != owner && property.Name != nameof(ITenantScoped.OrganizationId) && property.FieldInfo is not null)];
            _shown = Shown.Of(_table.Type);
            Needs = _table.Type.GetForeignKeys().Where(key => key.Properties.Contains(other))
                .Select(key => key.PrincipalEntityType.ClrType)
                .FirstOrDefault(type => typeof(IReferenceData).IsAssignableFrom(type));
            var record = Expression.Parameter(typeof(T));
            _list = Expression.Lambda<Func<T, List<TPart>>>(ColumnExpressions.Get(record, navigation.PropertyInfo!), record).Compile();
            _field = navigation.FieldInfo!;
            _readArrays = CompileRead(owner);
            _joins = string.Join(' ', _shown.Select(shown => shown.Join("p", isRequired: true)));
            var names = _read.Select(property => property.GetColumnName()).Concat(_shown.Select((_, index) => $"shown{index}"));
            Columns = string.Join(", ", names.Select(name => $"{_alias}.{name}"));
            var arrays = string.Join(", ", _read
                .Select(property => $"array_agg(p.{property.GetColumnName()}) as {property.GetColumnName()}")
                .Concat(_shown.Select((shown, index) => $"array_agg({shown.Column}) as shown{index}")));
            var rows = $"{arrays} from {_table.Name} p {_joins} where p.organization_id = $1";
            JoinEach = $"left join lateral (select {rows} and p.{_owner} = r.id) {_alias} on true";
            JoinAll =
                $"left join (select p.{_owner} as record, {rows} group by p.{_owner}) {_alias} on {_alias}.record = r.id";
        }

        public override int Width => _read.Length + _shown.Length;

        public override Type? Needs { get; }

        public override string Columns { get; }

        public override string JoinEach { get; }

        public override string JoinAll { get; }

        public override void Read(NpgsqlDataReader reader, int first, T record)
        {
            if (!reader.IsDBNull(first))
            {
                // PostgreSQL would sort each array anew.
                var list = _list(record);
                _readArrays(reader, first, record, list);
                list.Sort(_compare);
            }
        }

        public override string Select(string ids)
        {
            // As an array, because Citus would ask all shards for the rows of a subquery.
            var shown = string.Concat(_shown.Select(shown => $", {shown.Column}"));
            return $"select {_table.ColumnsOf("p")}{shown}, p.{_owner} from {_table.Name} p {_joins}"
                + $" where p.organization_id = $1 and p.{_owner} = any(array({ids})) order by p.{_owner}, p.{_order}";
        }

        public override Ulid ReadOwner(NpgsqlDataReader reader) => new(reader.GetGuid(_table.Width + _shown.Length));

        public override void ReadRow(NpgsqlDataReader reader, T record)
        {
            var part = _table.Read(reader, 0, record.OrganizationId);
            for (var index = 0; index < _shown.Length; index++)
            {
                _shown[index].Property.SetValue(part, reader.GetValue(_table.Width + index));
            }

            _list(record).Add(part);
        }

        public override long SizeOf(T record)
        {
            var size = 0L;
            foreach (var part in _list(record))
            {
                size += _table.SizeOf(part);
            }

            return size;
        }

        public override void Copy(T record, T copy) => _field.SetValue(copy, _list(record).ConvertAll(Table<TPart>.Copy));

        public override NpgsqlBatchCommand? Insert(Ulid organizationId, IEnumerable<T> records)
        {
            TPart[] parts = [.. records.SelectMany(_list)];
            return parts.Length == 0 ? null : _table.InsertMissing(organizationId, parts);
        }

        public override bool HasChanged(T before, T record)
        {
            var (old, now) = (_list(before), _list(record));
            return old.Count != now.Count || now.Exists(part => Find(old, part) is not { } known || _table.HasChanged(known, part));
        }

        public override IEnumerable<NpgsqlBatchCommand> Change(Ulid organizationId, IReadOnlyList<(T Before, T Record)> records)
        {
            List<TPart> removed = [], added = [];
            foreach (var (old, now) in records.Select(pair => (_list(pair.Before), _list(pair.Record))))
            {
                removed.AddRange(old.Where(part => Find(now, part) is null));
                added.AddRange(now.Where(part => Find(old, part) is null));
                foreach (var part in now)
                {
                    if (Find(old, part) is { } known && _table.Update(organizationId, known, part) is { } update)
                    {
                        yield return update;
                    }
                }
            }

            if (removed.Count > 0)
            {
                yield return _table.RemoveSet(organizationId, removed);
            }

            if (added.Count > 0)
            {
                yield return _table.InsertMissing(organizationId, added);
            }
        }

        private static Comparison<TPart> Compare<TKey>(PropertyInfo property)
            where TKey : IComparable<TKey>
        {
            var key = property.GetMethod!.CreateDelegate<Func<TPart, TKey>>();
            return (left, right) => key(left).CompareTo(key(right));
        }

        private TPart? Find(List<TPart> parts, TPart part) => parts.Find(candidate => _table.HaveSameKey(candidate, part));

        private Action<NpgsqlDataReader, int, T, List<TPart>> CompileRead(IProperty owner)
        {
            var (reader, first) = (Expression.Parameter(typeof(NpgsqlDataReader)), Expression.Parameter(typeof(int)));
            var (record, list) = (Expression.Parameter(typeof(T)), Expression.Parameter(typeof(List<TPart>)));
            var (index, part) = (Expression.Variable(typeof(int)), Expression.Variable(typeof(TPart)));
            IProperty[] columns = [.. _read, .. _shown.Select(shown => shown.Source)];
            Expression[] reads = [.. columns.Select((property, position) =>
                ColumnExpressions.ReadArray(reader, Expression.Add(first, Expression.Constant(position)), property))];
            ParameterExpression[] arrays = [.. reads.Select(read => Expression.Variable(read.Type))];
            var end = Expression.Label();
            Expression[] sets =
            [
                Expression.Assign(part, Expression.New(typeof(TPart))),
                Set(nameof(ITenantScoped.OrganizationId), Expression.Property(record, nameof(ITenantScoped.OrganizationId))),
                Set(owner.Name, Expression.Property(record, nameof(TenantEntity.Id))),
                .. columns.Select((property, position) =>
                {
                    var value = ColumnExpressions.FromArray(arrays[position], index, property);
                    return position < _read.Length
                        ? Expression.Assign(ColumnExpressions.Get(part, property), value)
                        : _shown[position - _read.Length].Assign(part, value);
                }),
                Expression.Call(list, typeof(List<TPart>).GetMethod(nameof(List<>.Add))!, part),
                Expression.PreIncrementAssign(index),
            ];
            var loop = Expression.Loop(
                Expression.IfThenElse(
                    Expression.LessThan(index, Expression.ArrayLength(arrays[0])), Expression.Block(sets), Expression.Break(end)),
                end);
            Expression[] body = [.. arrays.Zip(reads, Expression.Assign), Expression.Assign(index, Expression.Constant(0)), loop];
            return Expression.Lambda<Action<NpgsqlDataReader, int, T, List<TPart>>>(
                Expression.Block([.. arrays, index, part], body), reader, first, record, list).Compile();

            Expression Set(string property, Expression value) =>
                Expression.Assign(ColumnExpressions.Get(part, _table.Type.FindProperty(property)!), value);
        }
    }
}
