using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Thena.Accounts.Postgres.Model;

/// <summary>What is shown with a row but stored in another record, see <see cref="ShownAttribute"/>: a joined column.</summary>
internal sealed class Shown
{
    private readonly string _alias;
    private readonly string _table;
    private readonly string[] _key;

    private Shown(PropertyInfo property, IProperty source, INavigation navigation, int number)
    {
        (Property, Source) = (property, source);
        _alias = string.Create(CultureInfo.InvariantCulture, $"shown{number}");
        _table = navigation.TargetEntityType.GetTableName()!;
        _key = [.. navigation.ForeignKey.Properties.Skip(1).Select(key => key.GetColumnName())];
    }

    /// <summary>The property that is shown.</summary>
    public PropertyInfo Property { get; }

    /// <summary>The property of the other record.</summary>
    public IProperty Source { get; }

    /// <summary>The column in SQL.</summary>
    public string Column => $"{_alias}.{Source.GetColumnName()}";

    /// <summary>Returns all that is shown with a row.</summary>
    public static Shown[] Of(IEntityType type) =>
    [
        .. type.ClrType.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(property => (Property: property, Shown: property.GetCustomAttribute<ShownAttribute>()))
            .Where(pair => pair.Shown is not null)
            .Select((pair, index) =>
            {
                var navigation = type.FindNavigation(pair.Shown!.Navigation)!;
                return new Shown(pair.Property, navigation.TargetEntityType.FindProperty(pair.Shown.Member)!, navigation, index);
            }),
    ];

    /// <summary>Returns the join with the other record, if it is not deleted. It is on <c>$1</c>, the organization.</summary>
    /// <param name="row">The alias of the row.</param>
    /// <param name="isRequired">Whether rows are left out whose other record is deleted.</param>
    public string Join(string row, bool isRequired) =>
        $"{(isRequired ? "" : "left ")}join {_table} {_alias} on {_alias}.organization_id = $1 and {_alias}.id = {row}.{_key[0]}"
        + $" and {_alias}.deleted_at is null";

    /// <summary>Returns the expression that sets the property of a row.</summary>
    public Expression Assign(Expression row, Expression value)
    {
        var target = ColumnExpressions.Get(row, Property);
        return Expression.Assign(target, value.Type == target.Type ? value : Expression.Convert(value, target.Type));
    }
}
