using Thena.Accounts.Moving.Files;

namespace Thena.Accounts.Api.Intake;

/// <summary>The file that a request has sent, in the temporary folder.</summary>
/// <param name="Format">The format of the file.</param>
/// <param name="Content">The file, from its beginning.</param>
/// <param name="Place">The place of the request, if the file is large.</param>
internal sealed record ReceivedFile(FileFormat Format, Stream Content, HeavyRequests.Place? Place);
