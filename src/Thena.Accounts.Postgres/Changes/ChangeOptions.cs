using System.ComponentModel.DataAnnotations;

namespace Thena.Accounts.Postgres.Changes;

/// <summary>The settings of the record of changes.</summary>
public sealed class ChangeOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Changes";

    /// <summary>Whether changes are recorded. Without them there is no history, no feed and no webhook.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The number of days for which the feed keeps events.</summary>
    [Range(1, 3_650)]
    public int FeedRetentionDays { get; set; } = 30;

    /// <summary>The number of days for which the history of records is kept. At least as many as those of the feed.</summary>
    [Range(1, 36_500)]
    public int HistoryRetentionDays { get; set; } = 400;
}
