using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Schema;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Moving.Copying;

/// <summary>Finds the records and users here that copied records refer to by their old IDs.</summary>
internal sealed class CopiedReferences
{
    /// <summary>The number of records that are remembered between two sets.</summary>
    private const int MaxFound = 20_000;

    private readonly Dictionary<(string Kind, string OldId), string> _found = [];
    private readonly HashSet<(string Kind, string OldId)> _toFind = [];
    private readonly Dictionary<string, string> _userOfEmail = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _userOfOldId = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refusedValues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CopiedUser> _usersToFind = new(StringComparer.Ordinal);
    private string? _defaultUser;

    /// <summary>Whether records are copied without users that cannot be found. Otherwise such records are refused.</summary>
    public bool LeavesUsersOut { get; init; }

    /// <summary>Whether the author of a record can be chosen. On another server, it is the user of the key.</summary>
    public bool ChoosesAuthors { get; init; } = true;

    /// <summary>Whether attachments keep their IDs and times. Another server makes them of URLs.</summary>
    public bool CopiesAttachments { get; init; } = true;

    /// <summary>Says that a user cannot be found, after the name of the user.</summary>
    public string UserIsMissing { get; init; } = "does not exist here";

    /// <summary>Reads the users of the organization.</summary>
    /// <param name="context">The database.</param>
    /// <param name="defaultUser">The email address of the user who stands for users that cannot be found.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <exception cref="RecordSourceException">The default user does not exist.</exception>
    public static async Task<CopiedReferences> LoadAsync(
        AccountsDbContext context, string? defaultUser, CancellationToken cancellationToken)
    {
        var references = new CopiedReferences();
        foreach (var user in await context.Users.ToListAsync(cancellationToken))
        {
            references._userOfEmail[user.EmailKey] = WireFormat.Id(user.Id);
        }

        foreach (var user in await context.ImportedRecords.Where(record => record.Kind == UserKind.Plural).ToListAsync(cancellationToken))
        {
            references._userOfOldId[user.OldId] = WireFormat.Id(user.NewId);
        }

        if (defaultUser is not null)
        {
            references._defaultUser = references._userOfEmail.TryGetValue(EmailAddress.Key(defaultUser), out var id)
                ? id
                : throw new RecordSourceException(
                    $"There is no user with the email address {defaultUser}. Create the user with the command users create.");
        }

        return references;
    }

    /// <summary>Adds a record to look up.</summary>
    public void AddToFind(string kind, string oldId) => _toFind.Add((kind, oldId));

    /// <summary>Adds a pick list value that has been refused.</summary>
    public void AddRefusedValue(string oldId) => _refusedValues.Add(oldId);

    /// <summary>Forgets which pick list values have been refused.</summary>
    public void ClearRefusedValues() => _refusedValues.Clear();

    /// <summary>Whether a pick list value has been refused. Its name may be that of another one here.</summary>
    public bool IsValueRefused(string oldId) => _refusedValues.Contains(oldId);

    /// <summary>Adds a user to look up.</summary>
    public void AddUserToFind(string oldId, CopiedUser user)
    {
        if (oldId.Length > 0 && !_userOfOldId.ContainsKey(oldId) && user.Email.Length > 0)
        {
            _usersToFind.TryAdd(oldId, user);
        }
    }

    /// <summary>Returns the ID here of a record, or <see langword="null"/> if it has not been imported.</summary>
    public string? Find(string kind, string oldId) => _found.GetValueOrDefault((kind, oldId));

    /// <summary>Adds the ID here of a record.</summary>
    public void Add(string kind, string oldId, string id) => _found[(kind, oldId)] = id;

    /// <summary>Adds the ID here of the user with an email address.</summary>
    public void AddUser(string email, string id) => _userOfEmail[EmailAddress.Key(email)] = id;

    /// <summary>Adds the ID here of the user with an old ID.</summary>
    public void AddUserOfOldId(string oldId, string id) => _userOfOldId[oldId] = id;

    /// <summary>Returns the ID here of a user, or <see langword="null"/> if there is none.</summary>
    public string? FindUser(string oldId) => _userOfOldId.GetValueOrDefault(oldId) ?? _defaultUser;

    /// <summary>
    /// Looks up the records that have been added, in one round trip per kind. Those that were looked up before are known, unless they were
    /// too many to remember.
    /// </summary>
    public async Task LookUpAsync(Records records, CancellationToken cancellationToken)
    {
        if (_found.Count > MaxFound)
        {
            _found.Clear();
        }

        _toFind.ExceptWith(_found.Keys);
        foreach (var kind in _toFind.GroupBy(reference => reference.Kind, reference => reference.OldId))
        {
            foreach (var (oldId, record) in await FindAsync(records, kind.Key, [.. kind], cancellationToken))
            {
                Add(kind.Key, oldId, WireFormat.Id(record.NewId));
            }
        }

        _toFind.Clear();
    }

    /// <summary>Looks up the users that have been added, by their email addresses.</summary>
    /// <param name="create">Creates a user with an old ID who does not exist, or returns <see langword="null"/>.</param>
    /// <returns>Users that were found, to be remembered by their old IDs.</returns>
    public async Task<IReadOnlyList<(string OldId, string Id)>> LookUpUsersAsync(Func<string, CopiedUser, Task<string?>> create)
    {
        List<(string OldId, string Id)> found = [];
        foreach (var (oldId, user) in _usersToFind)
        {
            var key = EmailAddress.Key(user.Email);
            var id = _userOfEmail.TryGetValue(key, out var existing) ? existing : await create(oldId, user);
            if (id is { } known)
            {
                _userOfEmail[key] = _userOfOldId[oldId] = known;
                found.Add((oldId, known));
            }
        }

        _usersToFind.Clear();
        return found;
    }

    /// <summary>Reads the imported records of a kind, by their old IDs.</summary>
    /// <remarks>
    /// The join looks up each ID on its own. PostgreSQL would otherwise read all records of the kind as long as it does not know how many
    /// an import has added.
    /// </remarks>
    public static async Task<Dictionary<string, ImportedRecord>> FindAsync(
        Records records, string kind, List<string> oldIds, CancellationToken cancellationToken)
    {
        var found = await records.ReadAsync(
            $"""
            select wanted.old_id, known.new_id, known.hash
            from unnest({oldIds}) as wanted (old_id)
            cross join lateral (
                select new_id, hash from imported_records
                where organization_id = {records.OrganizationId} and kind = {kind} and old_id = wanted.old_id
                limit 1
            ) known
            """,
            row => new ImportedRecord
            {
                Kind = kind,
                OldId = row.GetString(0),
                NewId = new Ulid(row.GetGuid(1)),
                Hash = (byte[])row.GetValue(2),
            },
            cancellationToken);
        return found.ToDictionary(record => record.OldId, StringComparer.Ordinal);
    }
}
