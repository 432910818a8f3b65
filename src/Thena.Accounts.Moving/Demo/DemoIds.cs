using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Core.Tasks;

namespace Thena.Accounts.Moving.Demo;

/// <summary>The IDs and times of the demo data. They are always the same, so that the examples of the API can name its records.</summary>
public static class DemoIds
{
    private const int RandomLength = 10;

    private static readonly DateTimeOffset Start = new(2025, 1, 6, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Returns the ID of a record. It contains the time of creation.</summary>
    /// <param name="kind">The kind, one of <see cref="RecordKinds"/>.</param>
    /// <param name="number">The number of the record, from 1.</param>
    public static string Of(string kind, int number) => Create(kind, number, kind);

    /// <summary>Returns the ID of the attachment of a record.</summary>
    /// <inheritdoc cref="Of"/>
    public static string OfAttachment(string kind, int number) => Create(kind, number, kind + "-attachment");

    /// <summary>Returns the time at which a record was created. It increases with the number.</summary>
    /// <inheritdoc cref="Of"/>
    public static DateTimeOffset TimeOf(string kind, int number) => Start + kind switch
    {
        UserKind.Plural => TimeSpan.FromMinutes(number),
        AttributeValueKind.Plural => TimeSpan.FromMinutes(30 + number),
        RelationshipTypeKind.Plural => TimeSpan.FromMinutes(60 + number),
        CustomFieldKind.Plural => TimeSpan.FromMinutes(90 + number),
        AccountKind.Plural => TimeSpan.FromHours(12 * number),
        ContactKind.Plural => new TimeSpan(12 * (1 + ((number - 1) / 3)), 10 * (1 + ((number - 1) % 3)), 0),
        RelationshipKind.Plural => new TimeSpan(260, 3 * number, 0, 0),
        ActivityKind.Plural => new TimeSpan(270, 6 * number, 0, 0),
        NoteKind.Plural => new TimeSpan(270, 6 * number, 30, 0),
        TaskKind.Plural => new TimeSpan(270, 6 * (1 + ((number - 1) / 2)), 40 + (5 * ((number - 1) % 2)), 0),
        _ => new TimeSpan(280, 6 * number, 0, 0),
    };

    private static string Create(string kind, int number, string seed) => Ulid.NewUlid(
        TimeOf(kind, number),
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}/{number}"))).AsSpan(0, RandomLength))
        .ToString();
}
