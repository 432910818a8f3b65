using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Core.Kinds;

/// <summary>What has become of a request.</summary>
/// <param name="Error">The error that refuses it, or <see langword="null"/>.</param>
/// <param name="HasWritten">Whether anything has been written. An update with the values that a record has writes nothing.</param>
public readonly record struct WriteResult(Error? Error, bool HasWritten);
