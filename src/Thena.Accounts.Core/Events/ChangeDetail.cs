using System.Text.Json;
using Thena.Accounts.Postgres.Changes;

namespace Thena.Accounts.Core.Events;

/// <summary>A detail of an update, such as a new status, that has an event of its own for those who name it.</summary>
/// <param name="ChangeType">The type of the change, such as <c>account:updated</c>.</param>
/// <param name="Suffix">What the ID of the event ends with, after the ID of the change.</param>
internal abstract record ChangeDetail(string ChangeType, string Suffix)
{
    /// <summary>Whether a change has the detail.</summary>
    public abstract bool IsIn(FeedChange change);

    /// <summary>Adds members to the payload.</summary>
    public virtual void AddTo(Utf8JsonWriter payload, FeedChange change)
    {
    }
}

/// <summary>Another value in a member.</summary>
/// <param name="ChangeType">The type of the change.</param>
/// <param name="Suffix">The suffix of the ID.</param>
/// <param name="Member">The member.</param>
internal sealed record MemberDetail(string ChangeType, string Suffix, string Member) : ChangeDetail(ChangeType, Suffix)
{
    public override bool IsIn(FeedChange change) =>
        JsonElement.Parse(change.Changed.Span).EnumerateArray().Any(member => member.ValueEquals(Member));
}
