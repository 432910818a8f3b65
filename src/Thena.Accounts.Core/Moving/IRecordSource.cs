
namespace Thena.Accounts.Core.Moving;

/// <summary>Where an import reads records from: a folder, or another server.</summary>
public interface IRecordSource
{
    /// <summary>Whether records of a kind are read newest first, as the API lists them. Otherwise they are read oldest first.</summary>
    bool IsNewestFirst { get; }

    /// <summary>
    /// The number of times that all records are read at most. Records may change while they are read; they are read again until nothing new
    /// appears.
    /// </summary>
    int MaxPasses { get; }

    /// <summary>Whether users that do not exist here are created.</summary>
    bool CreatesUsers { get; }

    /// <summary>Returns the number of records of a kind, or <see langword="null"/> if it is not known.</summary>
    long? CountOf(string kind) => null;

    /// <summary>Reads all records of a kind.</summary>
    /// <param name="kind">The kind, one of <see cref="RecordKinds"/>.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>The JSON of each record, as the API shows it; nothing if the source has no such records.</returns>
    /// <exception cref="RecordSourceException">The source cannot be read.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string kind, CancellationToken cancellationToken);
}

/// <summary>Thrown when records cannot be read or written. The message tells the user what to do.</summary>
public class RecordSourceException(string message) : Exception(message);

/// <summary>The kinds of records, as files and reports name them.</summary>
public static class RecordKinds
{
    /// <summary>Users. The API does not show them, so only files contain them.</summary>
    public const string Users = "users";

    /// <summary>The values of pick lists.</summary>
    public const string AttributeValues = "attribute-values";

    /// <summary>Relationship types.</summary>
    public const string RelationshipTypes = "relationship-types";

    /// <summary>The definitions of custom fields.</summary>
    public const string CustomFields = "custom-fields";

    /// <summary>Accounts.</summary>
    public const string Accounts = "accounts";

    /// <summary>Contacts.</summary>
    public const string Contacts = "contacts";

    /// <summary>Relationships between accounts.</summary>
    public const string Relationships = "relationships";

    /// <summary>Activities.</summary>
    public const string Activities = "activities";

    /// <summary>Notes.</summary>
    public const string Notes = "notes";

    /// <summary>Tasks.</summary>
    public const string Tasks = "tasks";

    /// <summary>All kinds. Records refer only to records of kinds before their own, or of their own.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Users, AttributeValues, RelationshipTypes, CustomFields, Accounts, Contacts, Relationships, Activities, Notes, Tasks];
}
