using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Core.Tasks;
using Thena.Accounts.Moving.Copying;

namespace Thena.Accounts.Moving.Demo;

/// <summary>
/// The demo data: real companies, with invented people, numbers and work. It is always the same. Records that examples of the API delete
/// have nothing that depends on them.
/// </summary>
public sealed class DemoSource : IRecordSource
{
    /// <summary>The number of companies per company with an activity, a note and two tasks.</summary>
    private const int WorkEvery = 5;

    private const int Relationships = 50;

    private static readonly (string Name, string Email)[] Users = [("Dana Demo", "dana@demo.example"), ("Sam Sample", "sam@demo.example")];

    private static readonly (string Name, int Inverse)[] RelationshipTypes =
    [
        ("Parent", 2), ("Subsidiary", 1), ("Partner", 3), ("Distributor", 0), ("Competitor", 0),
    ];

    private static readonly (string Name, string Source, string Type, string[] Options, string Hint)[] CustomFields =
    [
        ("Support plan", CustomFieldSource.Account, "single_choice", ["basic", "standard", "premium"], "What the customer pays for"),
        ("Preferred language", CustomFieldSource.CustomerContact, "single_choice", ["English", "German", "Spanish"], ""),
        ("Fax number", CustomFieldSource.CustomerContact, "phone_number", [], ""),
    ];

    private static readonly string[] Statuses =
    [
        "ACTIVE", "ACTIVE", "PROSPECT", "ACTIVE", "TRIAL", "ACTIVE", "CHURNED", "ACTIVE", "PROSPECT", "ACQUIRED",
    ];

    private static readonly string[] Classifications = ["ENTERPRISE", "MID_MARKET", "STRATEGIC", "SMB"];

    private static readonly string[] Healths = ["GREEN", "GREEN", "YELLOW", "GREEN", "RED"];

    private static readonly string[] ContactTypes = ["PRIMARY", "TECHNICAL", "BILLING"];

    private static readonly (string Type, string Title, string Location, int Duration)[] Activities =
    [
        ("CALL", "First call with", "Phone", 15), ("MEETING", "Quarterly review with", "Zoom", 45),
        ("SITE_VISIT", "Visit to", "Headquarters", 120), ("EMAIL", "Offer for", "Email", 5),
    ];

    private static readonly string[] ActivityStatuses = ["COMPLETED", "COMPLETED", "PENDING", "COMPLETED", "CANCELLED"];

    private static readonly string[] Notes =
    [
        "Wants an offer for 50 more seats.", "Is happy with the support.", "Asks for a longer contract.",
        "Compares us with a competitor. The price decides.", "Needs an introduction for the new team.",
    ];

    private static readonly (string Title, string Type, string Priority)[] Tasks =
    [
        ("Send the offer", "FOLLOW_UP", "HIGH"), ("Call again", "FOLLOW_UP", "MEDIUM"),
        ("Check the contract", "REVIEW", "LOW"), ("Get the discount approved", "APPROVAL", "HIGH"),
    ];

    private static readonly string[] TaskStatuses = ["PENDING", "IN_PROGRESS", "COMPLETED"];

    private readonly List<DemoCompany> _companies = DemoCompany.ReadAll();

    /// <inheritdoc/>
    public bool IsNewestFirst => false;

    /// <inheritdoc/>
    public int MaxPasses => 1;

    /// <inheritdoc/>
    public bool CreatesUsers => true;

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string kind, CancellationToken cancellationToken) =>
        RecordsOf(kind).Select((members, index) => Complete(kind, index + 1, members)).ToAsyncEnumerable();

    private IEnumerable<JsonObject> RecordsOf(string kind) => kind switch
    {
        UserKind.Plural => Users.Select(user => new JsonObject { ["name"] = user.Name, ["email"] = user.Email }),
        AttributeValueKind.Plural => AttributeValues(),
        RelationshipTypeKind.Plural => RelationshipTypes.Select(RelationshipType),
        CustomFieldKind.Plural => CustomFields.Select(CustomField),
        AccountKind.Plural => _companies.Select(Account),
        ContactKind.Plural => _companies.SelectMany(Contacts),
        RelationshipKind.Plural => Enumerable.Range(0, Relationships).Select(Relationship),
        ActivityKind.Plural => WithWork().Select(Activity),
        NoteKind.Plural => WithWork().Select(Note),
        TaskKind.Plural => WithWork().SelectMany((_, index) => new[] { Task(2 * index), Task((2 * index) + 1) }),
        _ => [],
    };

    /// <summary>Adds the ID and the times, and writes the record.</summary>
    private static ReadOnlyMemory<byte> Complete(string kind, int number, JsonObject members)
    {
        members["id"] = DemoIds.Of(kind, number);
        var time = WireFormat.Time(DemoIds.TimeOf(kind, number));
        (members["createdAt"], members["updatedAt"]) = (time, time);
        return Encoding.UTF8.GetBytes(members.ToJsonString());
    }

    private IEnumerable<JsonObject> AttributeValues() =>
    [
        AttributeValue(AttributeKind.ContactType, "TECHNICAL", "wrench"),
        AttributeValue(AttributeKind.ActivityType, "WEBINAR", "video-camera"),
        .. _companies.Select(company => company.Sector).Distinct(StringComparer.Ordinal)
            .Select(sector => AttributeValue(AttributeKind.AccountIndustry, sector, "building-office")),
    ];

    private static JsonObject AttributeValue(AttributeKind attribute, string value, string icon) => new()
    {
        ["attribute"] = attribute.ToName(),
        ["value"] = value,
        ["isDefault"] = false,
        ["configuration"] = new JsonObject { ["icon"] = icon, ["color"] = "#2563EB" },
    };

    private static JsonObject RelationshipType((string Name, int Inverse) type) => new()
    {
        ["name"] = type.Name,
        ["inverseRelationshipId"] = type.Inverse > 0 ? DemoIds.Of(RelationshipTypeKind.Plural, type.Inverse) : "",
    };

    private static JsonObject CustomField((string Name, string Source, string Type, string[] Options, string Hint) field) => new()
    {
        ["name"] = field.Name,
        ["source"] = field.Source,
        ["fieldType"] = field.Type,
        ["options"] = new JsonArray([.. field.Options.Select(option => JsonValue.Create(option))]),
        ["hintText"] = field.Hint,
    };

    private static JsonObject Account(DemoCompany company)
    {
        var employees = 1_000 * (1 + (company.Number * 37 % 250));
        return new JsonObject
        {
            ["name"] = company.Name,
            ["primaryDomain"] = company.Domain,
            ["description"] = $"{company.SubIndustry}. Founded in {company.Founded}.",
            ["source"] = "demo",
            ["status"] = Pick(Statuses, company.Number - 1),
            ["classification"] = Pick(Classifications, company.Number - 1),
            ["health"] = Pick(Healths, company.Number - 1),
            ["industry"] = company.Sector,
            ["accountOwnerId"] = UserId(company.Number),
            ["annualRevenue"] = employees * 250_000L,
            ["employees"] = employees,
            ["website"] = $"https://www.{company.Domain}",
            ["billingAddress"] = company.Headquarters,
            ["customFieldValues"] = Value(1, company.Number - 1),
            ["metadata"] = new JsonObject { ["symbol"] = company.Symbol, ["subIndustry"] = company.SubIndustry },
        };
    }

    private static IEnumerable<JsonObject> Contacts(DemoCompany company) => company.People.Select((person, index) => new JsonObject
    {
        ["firstName"] = person.FirstName,
        ["lastName"] = person.LastName,
        ["email"] = person.Email,
        ["phoneNumber"] = string.Create(CultureInfo.InvariantCulture, $"+1 555 {100 + index} {1_000 + company.Number}"),
        ["contactType"] = ContactTypes[index],
        ["accounts"] = new JsonArray(new JsonObject { ["id"] = DemoIds.Of(AccountKind.Plural, company.Number) }),
        ["customFieldValues"] = Value(2, company.Number + index),
    });

    private static JsonObject Relationship(int index) => new()
    {
        ["accountId"] = DemoIds.Of(AccountKind.Plural, (10 * index) + 1),
        ["relatedAccountId"] = DemoIds.Of(AccountKind.Plural, (10 * index) + 2),
        ["relationshipType"] = new JsonObject { ["id"] = DemoIds.Of(RelationshipTypeKind.Plural, 1 + (index % 4)) },
    };

    private IEnumerable<DemoCompany> WithWork() => _companies.Where(company => company.Number % WorkEvery == 1);

    private static JsonObject Activity(DemoCompany company, int index)
    {
        var (type, title, location, duration) = Pick(Activities, index);
        var (creator, other) = (UserId(company.Number), UserId(company.Number + 1));
        return new JsonObject
        {
            ["accountId"] = DemoIds.Of(AccountKind.Plural, company.Number),
            ["activityTimestamp"] = WireFormat.Time(DemoIds.TimeOf(ActivityKind.Plural, index + 1).AddMinutes(-duration)),
            ["duration"] = duration,
            ["location"] = location,
            ["title"] = $"{title} {company.Name}",
            ["type"] = type,
            ["status"] = Pick(ActivityStatuses, index),
            ["participants"] = new JsonArray(creator, other),
            ["creatorId"] = creator,
            ["attachments"] = Attachments(ActivityKind.Plural, index, 4, "agenda.pdf"),
        };
    }

    private static JsonObject Note(DemoCompany company, int index) => new()
    {
        ["accountId"] = DemoIds.Of(AccountKind.Plural, company.Number),
        ["content"] = Pick(Notes, index),
        ["type"] = "GENERAL",
        ["visibility"] = index % 3 == 2 ? "team" : "public",
        ["authorId"] = UserId(company.Number),
        ["attachments"] = Attachments(NoteKind.Plural, index, 2, "offer.pdf"),
    };

    /// <summary>Creates a task. Two tasks follow from each activity.</summary>
    private static JsonObject Task(int index)
    {
        var (title, type, priority) = Pick(Tasks, index);
        var activity = index / 2;
        return new JsonObject
        {
            ["accountId"] = DemoIds.Of(AccountKind.Plural, (WorkEvery * activity) + 1),
            ["activityId"] = DemoIds.Of(ActivityKind.Plural, activity + 1),
            ["title"] = title,
            ["assigneeId"] = UserId(index),
            ["type"] = type,
            ["status"] = Pick(TaskStatuses, index),
            ["priority"] = priority,
            ["creatorId"] = UserId(activity),
            ["attachments"] = Attachments(TaskKind.Plural, index, 4, "draft.pdf"),
        };
    }

    private static JsonArray Attachments(string kind, int index, int every, string file) => index % every > 0 ? [] :
    [
        new JsonObject
        {
            ["id"] = DemoIds.OfAttachment(kind, index + 1),
            ["url"] = $"https://files.example/{kind}/{file}",
            ["createdAt"] = WireFormat.Time(DemoIds.TimeOf(kind, index + 1)),
        },
    ];

    /// <summary>Creates the value of a choice field that two of three records have.</summary>
    private static JsonArray Value(int field, int number) => number % 3 == 2 ? [] :
    [
        new JsonObject
        {
            ["customFieldId"] = DemoIds.Of(CustomFieldKind.Plural, field),
            ["data"] = Pick(CustomFields[field - 1].Options, number),
        },
    ];

    private static string UserId(int number) => DemoIds.Of(UserKind.Plural, 1 + (number % Users.Length));

    private static T Pick<T>(T[] values, int number) => values[number % values.Length];
}
