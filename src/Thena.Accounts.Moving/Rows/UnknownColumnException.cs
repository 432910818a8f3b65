using Thena.Accounts.Moving.Copying;

namespace Thena.Accounts.Moving.Rows;

/// <summary>Thrown when the columns of a file are not those of the records.</summary>
public sealed class UnknownColumnException(string message) : RecordSourceException(message);
