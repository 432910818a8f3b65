using Thena.Accounts.Postgres.Changes;

namespace Thena.Accounts.Core.Events;

/// <summary>A change as a reader sees it: other users' private records are hidden.</summary>
/// <param name="Change">The change.</param>
/// <param name="ViewerId">The user who reads; null for a webhook, which gets private records without their content.</param>
internal sealed record SeenChange(FeedChange Change, Ulid? ViewerId)
{
    private const string Updated = ":updated";

    /// <summary>The type: an update that makes a record private is a deletion for others.</summary>
    public string Type => Change.After is not null && After is null
        ? Change.Type.Replace(Updated, ":deleted", StringComparison.Ordinal)
        : Change.Type;

    /// <summary>What the type begins with: the name of the kind of record, such as <c>account-note</c>.</summary>
    public string EventName => Change.Type[..Change.Type.LastIndexOf(':')];

    /// <summary>What the type ends with, such as <c>updated</c>.</summary>
    public string Action => Type[(Type.LastIndexOf(':') + 1)..];

    /// <summary>The record after the change, if the reader sees it.</summary>
    public ReadOnlyMemory<byte>? After => Sees(Change.VisibleTo) ? Change.After : null;

    /// <summary>The changed members, or the deleted record, as they were, if the reader sees them.</summary>
    public ReadOnlyMemory<byte>? Before => Sees(Change.BeforeVisibleTo) ? Change.Before : null;

    /// <summary>The whole record as it was, if the reader sees it. Of an update, only the changed members are stored.</summary>
    public ReadOnlyMemory<byte>? WholeBefore
    {
        get
        {
            if (Before is not { } before)
            {
                return null;
            }

            return Change.After is { } after ? RecordJson.Merge(after.Span, before.Span) : before;
        }
    }

    /// <summary>Whether the content of the record after the change is left out.</summary>
    public bool HidesContent => ViewerId is null && Change.VisibleTo is not null;

    /// <summary>Whether the content of the record before the change is left out.</summary>
    public bool HidesContentBefore => ViewerId is null && Change.BeforeVisibleTo is not null;

    /// <summary>Whether the change has been emptied, because the person it tells of has been erased.</summary>
    public bool IsErased => Change is { Before: null, After: null };

    private bool Sees(Ulid? onlyUser) => onlyUser is null || ViewerId is null || onlyUser == ViewerId;
}
