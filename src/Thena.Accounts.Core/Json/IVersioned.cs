namespace Thena.Accounts.Core.Json;

/// <summary>A response that is one record. Its time of last change increases with each change, and so is its version.</summary>
public interface IVersioned
{
    /// <summary>The time of the last change.</summary>
    DateTimeOffset UpdatedAt { get; }
}
