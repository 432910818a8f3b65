using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Tasks;

/// <summary>A new task.</summary>
public sealed record CreateTaskRequest : TaskFields
{
    /// <summary>The account; it cannot be changed later.</summary>
    public Optional<string?> AccountId { get; init; }
}
