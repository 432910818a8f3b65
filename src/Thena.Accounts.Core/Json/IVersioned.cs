namespace Thena.Accounts.Core.Json;

/// <summary>A response that is one record. Its version is the time of its last change, which increases with each change.</summary>
public interface IVersioned
{
    /// <summary>The time of the last change.</summary>
    DateTimeOffset UpdatedAt { get; }
}
