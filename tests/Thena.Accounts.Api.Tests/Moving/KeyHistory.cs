using System.Text.Json;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Moving.Reports;

namespace Thena.Accounts.Api.Tests.Moving;

/// <summary>Something that happens to the records of an organization.</summary>
/// <param name="Kind">The number of their kind.</param>
/// <param name="Action">The number of what happens.</param>
/// <param name="First">The number of the key of a record.</param>
/// <param name="Second">The number of the key of another one.</param>
public sealed record KeyEvent(int Kind, int Action, int First, int Second);

/// <summary>
/// An organization whose records are created, get other keys, exchange them and are deleted. There are few keys, so they are soon used
/// again.
/// </summary>
public sealed class KeyHistory(OrganizationCopy copy)
{
    /// <summary>The number of keys of each kind.</summary>
    public const int Keys = 4;

    /// <summary>The number of different actions.</summary>
    public const int Actions = 4;

    private static readonly string[] AllKinds =
    [
        AccountKind.Plural, ContactKind.Plural, AttributeValueKind.Plural, RelationshipTypeKind.Plural, CustomFieldKind.Plural,
    ];

    private readonly Dictionary<(string Kind, int Key), string> _living = [];
    private int _number;

    /// <summary>The kinds of records. Another server keeps its custom fields as they are, so these are not changed for it.</summary>
    private string[] Kinds => copy.Way == CopyWay.OtherServer ? AllKinds[..^1] : AllKinds;

    /// <summary>Makes something happen.</summary>
    public async Task HappenAsync(KeyEvent happening)
    {
        var kind = Kinds[happening.Kind % Kinds.Length];
        var (first, second, third) = (happening.First, happening.Second, (happening.Second + 1) % Keys);
        if (!_living.TryGetValue((kind, first), out var id))
        {
            _living[(kind, first)] = await CreateAsync(kind, first);
        }
        else if (happening.Action == 0)
        {
            (await DeleteAsync(copy.Source, kind, id)).Expect(200);
            _living.Remove((kind, first));
        }
        else if (first != second)
        {
            // Two or three records exchange their keys, as far as they exist.
            int[] circle = happening.Action == 1 && third != first ? [first, second, third] : [first, second];
            await MoveAsync(kind, circle);
        }
    }

    /// <summary>Deletes the records of the target that are copies of deleted ones.</summary>
    public async Task DeleteLeftoversAsync()
    {
        var copies = await copy.ReadCopiesAsync();
        foreach (var kind in Kinds)
        {
            var source = await TenantRecords.ListAsync(copy.Source, kind);
            var living = source.Select(record => copies.GetValueOrDefault((kind, TenantRecords.IdOf(record)))).ToHashSet();
            foreach (var record in await TenantRecords.ListAsync(copy.Target, kind))
            {
                if (!living.Contains(TenantRecords.IdOf(record)))
                {
                    (await DeleteAsync(copy.Target, kind, TenantRecords.IdOf(record))).Expect(200);
                }
            }
        }
    }

    /// <summary>Asserts that each record of the source has a copy of its own that is equal, unless the report says why not.</summary>
    public async Task ExpectEqualAsync(ImportReport report)
    {
        var refused = report.Refused.Select(record => (record.Kind, record.Id)).ToHashSet();
        var copies = await copy.ReadCopiesAsync();
        foreach (var kind in AllKinds.Append(NoteKind.Plural))
        {
            var expected = await TenantRecords.ListAsync(copy.Source, kind);
            var actual = (await TenantRecords.ListAsync(copy.Target, kind)).ToDictionary(TenantRecords.IdOf);
            HashSet<string> used = [];
            foreach (var record in expected.Where(record => !refused.Contains((kind, TenantRecords.IdOf(record)))))
            {
                var id = copies[(kind, TenantRecords.IdOf(record))];
                Assert.True(used.Add(id), $"Two {kind} have become one.");
                Assert.Equal(
                    ContentOf(kind, record, (of, other) => copies.GetValueOrDefault((of, other), other)),
                    ContentOf(kind, actual[id], (_, other) => other));
                if (copy.Way != CopyWay.OtherServer && kind is AccountKind.Plural or ContactKind.Plural or NoteKind.Plural)
                {
                    Assert.Equal(TenantRecords.IdOf(record), id);
                }
            }

            Assert.True(refused.Count > 0 || report.Kinds.Count == 0 || used.Count == expected.Count);
        }
    }

    /// <summary>Asserts that the target has no records that the source lacks.</summary>
    public async Task ExpectNoOthersAsync()
    {
        foreach (var kind in AllKinds)
        {
            Assert.Equal(
                (await TenantRecords.ListAsync(copy.Source, kind)).Count, (await TenantRecords.ListAsync(copy.Target, kind)).Count);
        }
    }

    /// <summary>Describes what a record is. IDs of other records are replaced by those of their copies.</summary>
    private static string ContentOf(string kind, JsonElement record, Func<string, string, string> copyOf)
    {
        string[] content = kind switch
        {
            AccountKind.Plural =>
            [
                record.Text("name"), record.Text("primaryDomain"),
                record.GetProperty("statusId").GetString() is { } status ? copyOf(AttributeValueKind.Plural, status) : "",
                .. record.GetProperty("customFieldValues").EnumerateArray()
                    .Select(value => copyOf(CustomFieldKind.Plural, value.Text("customFieldId")) + value.Text("data")),
            ],
            ContactKind.Plural =>
            [
                record.Text("firstName"), record.Text("email"),
                .. record.GetProperty("accounts").EnumerateArray().Select(account => copyOf(AccountKind.Plural, account.Text("id")))
                    .Order(StringComparer.Ordinal),
            ],
            AttributeValueKind.Plural => [record.Text("attribute"), record.Text("value")],
            NoteKind.Plural => [record.Text("content"), copyOf(AccountKind.Plural, record.Text("accountId"))],
            _ => [record.Text("name")],
        };
        return string.Join(" | ", content);
    }

    private static string KeyOf(string kind, int number) => kind switch
    {
        AccountKind.Plural => $"key{number}.example",
        ContactKind.Plural => $"key{number}@example.com",
        _ => $"Key {number}",
    };

    private static Task<Answer> DeleteAsync(Tenant tenant, string kind, string id) => kind switch
    {
        AttributeValueKind.Plural => tenant.DeleteAttributeValueAsync(id, forceDelete: true),
        CustomFieldKind.Plural => tenant.Client.Post($"{Paths.CustomFields}/delete", new { fields = new[] { new { fieldId = id } } }),
        _ => tenant.Client.Delete($"{TenantRecords.PathOf(kind)}/{id}"),
    };

    private async Task<string> CreateAsync(string kind, int key)
    {
        var (source, name, text) = (copy.Source, $"No. {++_number}", KeyOf(kind, key));
        switch (kind)
        {
            case AccountKind.Plural:
                var fields = AnyOf(CustomFieldKind.Plural) is { } field ? new[] { field } : [];
                var customFieldValues = fields.Select(customFieldId => new { customFieldId, data = name });
                var status = AnyOf(AttributeValueKind.Plural);
                var account = await source.CreateAccountAsync(new { name, primaryDomain = text, status, customFieldValues });
                await source.CreateRecordAsync(Feature.Notes, account.Id, new { content = $"Of {name}" });
                return account.Id;
            case ContactKind.Plural:
                string[] accountIds = AnyOf(AccountKind.Plural) is { } accountId ? [accountId] : [];
                return (await source.CreateContactAsync(new { firstName = name, email = text, accountIds })).Id;
            case AttributeValueKind.Plural:
                return (await source.CreateAttributeValueAsync("account_status", text)).Id;
            case RelationshipTypeKind.Plural:
                return (await source.CreateRelationshipTypeAsync(text)).Id;
            default:
                return (await source.CreateCustomFieldAsync(new { name = text })).Text("uid");
        }
    }

    private string? AnyOf(string kind) =>
        _living.Where(record => record.Key.Kind == kind).Select(record => record.Value).Order(StringComparer.Ordinal).LastOrDefault();

    /// <summary>Gives each record the key of the next one.</summary>
    private async Task MoveAsync(string kind, int[] circle)
    {
        List<(int Key, string Id)> moves = [];
        for (var index = 0; index < circle.Length; index++)
        {
            if (_living.Remove((kind, circle[index]), out var id))
            {
                moves.Add((circle[(index + 1) % circle.Length], id));
            }
        }

        // First to keys that no record has.
        foreach (var (key, id) in moves)
        {
            await RenameAsync(kind, id, KeyOf(kind, key + Keys));
        }

        foreach (var (key, id) in moves)
        {
            await RenameAsync(kind, id, KeyOf(kind, key));
            _living[(kind, key)] = id;
        }
    }

    private async Task RenameAsync(string kind, string id, string key)
    {
        var path = $"{TenantRecords.PathOf(kind)}/{id}";
        var renamed = kind switch
        {
            AccountKind.Plural => copy.Source.Client.Put(path, new { primaryDomain = key }),
            ContactKind.Plural => copy.Source.Client.Put(path, new { email = key }),
            AttributeValueKind.Plural => copy.Source.Client.Put(path, new { value = key }),
            RelationshipTypeKind.Plural => copy.Source.Client.Put(path, new { name = key }),
            _ => RenameFieldAsync(id, key),
        };
        (await renamed).Expect(200);
    }

    private async Task<Answer> RenameFieldAsync(string id, string name)
    {
        var field = (await copy.Source.ListCustomFieldsAsync()).Single(one => one.Text("uid") == id);
        var item = new { fieldId = id, version = field.GetProperty("version").GetInt32(), updates = new { name } };
        return await copy.Source.Client.Patch(Paths.CustomFields, new { fields = new[] { item } });
    }
}
