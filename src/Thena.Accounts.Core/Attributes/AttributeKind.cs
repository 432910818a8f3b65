namespace Thena.Accounts.Core.Attributes;

/// <summary>The pick lists of an organization (contract: Attribute values). Wire names are those of <see cref="AttributeKinds"/>.</summary>
public enum AttributeKind
{
    /// <summary><c>account_status</c></summary>
    AccountStatus,

    /// <summary><c>account_classification</c></summary>
    AccountClassification,

    /// <summary><c>account_health</c></summary>
    AccountHealth,

    /// <summary><c>account_industry</c></summary>
    AccountIndustry,

    /// <summary><c>contact_type</c></summary>
    ContactType,

    /// <summary><c>activity_type</c></summary>
    ActivityType,

    /// <summary><c>activity_status</c></summary>
    ActivityStatus,

    /// <summary><c>note_type</c></summary>
    NoteType,

    /// <summary><c>task_type</c></summary>
    TaskType,

    /// <summary><c>task_status</c></summary>
    TaskStatus,

    /// <summary><c>task_priority</c></summary>
    TaskPriority,
}
