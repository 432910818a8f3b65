using System.ComponentModel.DataAnnotations;

namespace Thena.Accounts.Postgres.Idempotency;

/// <summary>Settings of requests with an <c>Idempotency-Key</c>.</summary>
public sealed class IdempotencyOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Idempotency";

    /// <summary>The hours for which a response is kept.</summary>
    [Range(1, 24 * 366)]
    public int RetentionHours { get; set; } = 24;
}
