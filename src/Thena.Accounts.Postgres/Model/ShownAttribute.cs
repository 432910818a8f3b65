using System.ComponentModel.DataAnnotations.Schema;

namespace Thena.Accounts.Postgres.Model;

/// <summary>
/// Marks a property that is shown with a record but stored in another one, such as the name of the account of a note. It is read with the
/// record, and never written.
/// </summary>
/// <param name="navigation">The reference to the other record.</param>
/// <param name="member">The property of the other record.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShownAttribute(string navigation, string member) : NotMappedAttribute
{
    /// <summary>The reference to the other record.</summary>
    public string Navigation => navigation;

    /// <summary>The property of the other record.</summary>
    public string Member => member;
}
