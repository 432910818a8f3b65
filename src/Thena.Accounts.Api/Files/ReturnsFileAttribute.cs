namespace Thena.Accounts.Api.Files;

/// <summary>Marks an operation that returns a file.</summary>
internal sealed class ReturnsFileAttribute(string csv, string ndjson) : FileAttribute(csv, ndjson);
