namespace Thena.Accounts.Api.Administration;

/// <summary>The output of <c>database create</c>.</summary>
/// <param name="Created">Whether the database did not exist before.</param>
internal sealed record DatabaseCreationResponse(bool Created);
