using System.Text.Json;
using Thena.Accounts.Postgres.Changes;

namespace Thena.Accounts.Core.Events;

/// <summary>Values of custom fields that were added, removed or changed.</summary>
/// <param name="ChangeType">The type of the change.</param>
/// <param name="Verb"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
internal sealed record CustomFieldDetail(string ChangeType, string Verb) : ChangeDetail(ChangeType, $"custom_field_value-{Verb}")
{
    /// <summary>Some values were added.</summary>
    public const string Added = "added";

    /// <summary>Some values were removed.</summary>
    public const string Removed = "removed";

    /// <summary>Some values were changed.</summary>
    public const string Changed = "changed";

    public override bool IsIn(FeedChange change) => FieldsOf(change).Count > 0;

    public override void AddTo(Utf8JsonWriter payload, FeedChange change)
    {
        payload.WritePropertyName("changedCustomFields");
        CustomFieldTexts.Write(payload, FieldsOf(change));
    }

    /// <summary>Returns the values in question: those after the change, unless they were removed.</summary>
    private List<JsonElement> FieldsOf(FeedChange change)
    {
        if (change.Before is not { } before || change.After is not { } after)
        {
            return [];
        }

        var (old, now) = (CustomFieldTexts.ValuesOf(before.Span), CustomFieldTexts.ValuesOf(after.Span));
        return old is null ? []
            : Verb == Added ? [.. now!.Where(value => CustomFieldTexts.Find(old, value) is null)]
            : Verb == Removed ? [.. old.Where(value => CustomFieldTexts.Find(now!, value) is null)]
            : [.. now!.Where(value => CustomFieldTexts.Find(old, value) is { } known && known.GetRawText() != value.GetRawText())];
    }
}
