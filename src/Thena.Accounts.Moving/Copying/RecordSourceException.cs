namespace Thena.Accounts.Moving.Copying;

/// <summary>Thrown when records cannot be read or written. The message tells the user what to do.</summary>
public class RecordSourceException(string message) : Exception(message);
