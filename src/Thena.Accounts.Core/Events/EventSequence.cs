namespace Thena.Accounts.Core.Events;

/// <summary>Events without an end.</summary>
/// <param name="Events">The events, and null whenever there has been none for <see cref="EventService.QuietTime"/>.</param>
public sealed record EventSequence(IAsyncEnumerable<StreamedEvent?> Events);
