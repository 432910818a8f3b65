using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Activities;

/// <summary>A new activity.</summary>
public sealed record CreateActivityRequest : ActivityFields
{
    /// <summary>The account; it cannot be changed later.</summary>
    public Optional<string?> AccountId { get; init; }
}
