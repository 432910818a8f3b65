namespace Thena.Accounts.Core.Attributes;

/// <summary>The values that every new organization starts with (contract: Attribute values).</summary>
internal static class DefaultAttributeValues
{
    /// <summary>Creates the rows, in the order in which lists return them.</summary>
    public static IEnumerable<AttributeValue> Create() =>
    [
        .. Values(AttributeKind.AccountStatus, null, "PROSPECT", "TRIAL", "ACTIVE", "CHURNED", "ACQUIRED"),
        .. Values(AttributeKind.AccountClassification, null, "ENTERPRISE", "MID_MARKET", "SMB", "STRATEGIC"),
        .. Values(AttributeKind.AccountHealth, null, "RED", "YELLOW", "GREEN"),
        .. Values(AttributeKind.AccountIndustry, null, "Technology", "Healthcare", "Finance", "Retail"),
        .. Values(AttributeKind.ContactType, "PRIMARY", "PRIMARY", "BILLING", "LEGAL", "EXECUTIVE", "OTHER"),
        .. Values(AttributeKind.ActivityType, "CALL", "CALL", "EMAIL", "MEETING", "SITE_VISIT"),
        .. Values(AttributeKind.ActivityStatus, "PENDING", "PENDING", "COMPLETED", "CANCELLED"),
        .. Values(AttributeKind.NoteType, "GENERAL", "GENERAL"),
        .. Values(AttributeKind.TaskType, "FOLLOW_UP", "FOLLOW_UP", "REVIEW", "APPROVAL", "CUSTOM"),
        .. Values(AttributeKind.TaskStatus, "PENDING", "PENDING", "IN_PROGRESS"),
        new AttributeValue { Kind = AttributeKind.TaskStatus, Value = "COMPLETED", IsClosed = true },
        new AttributeValue { Kind = AttributeKind.TaskStatus, Value = "CANCELLED", IsClosed = true },
        .. Values(AttributeKind.TaskPriority, "LOW", "LOW", "MEDIUM", "HIGH"),
    ];

    private static List<AttributeValue> Values(AttributeKind kind, string? defaultValue, params ReadOnlySpan<string> values)
    {
        List<AttributeValue> rows = [];
        foreach (var value in values)
        {
            rows.Add(new AttributeValue { Kind = kind, Value = value, IsDefault = value == defaultValue });
        }

        return rows;
    }
}
