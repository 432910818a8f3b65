using Thena.Accounts.Api.Intake;

namespace Thena.Accounts.Api.Files;

/// <summary>Marks an operation whose body is a file.</summary>
internal sealed class ReadsFileAttribute(string csv, string ndjson) : FileAttribute(csv, ndjson), IFileBody;
