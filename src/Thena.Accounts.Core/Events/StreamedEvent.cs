namespace Thena.Accounts.Core.Events;

/// <summary>An event of a stream.</summary>
/// <param name="Event">The event.</param>
/// <param name="Cursor">The position after it.</param>
public sealed record StreamedEvent(EventResponse Event, string Cursor);
