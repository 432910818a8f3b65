using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Activities;

/// <summary>A new activity.</summary>
public sealed record CreateActivityRequest : ActivityFields
{
    /// <summary>The account; it cannot be changed later.</summary>
    /// <example>01JZ6F9T3N4S8W5V7X2Y1A0BCD</example>
    public Optional<string?> AccountId { get; init; }
}
