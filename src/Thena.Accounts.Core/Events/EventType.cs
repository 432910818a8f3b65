namespace Thena.Accounts.Core.Events;

/// <summary>A type of event.</summary>
/// <param name="Name" example="account:updated">The name.</param>
/// <param name="Description" example="An account was changed.">When the event happens.</param>
public sealed record EventType(string Name, string Description)
{
    /// <summary>The detail of a change that the event tells of, if it does not tell of the change as a whole.</summary>
    internal ChangeDetail? Detail { get; init; }
}
