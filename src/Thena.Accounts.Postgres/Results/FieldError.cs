namespace Thena.Accounts.Postgres.Results;

/// <summary>A problem with one member of a request.</summary>
/// <param name="Field" example="name">The member's path in JSON names, such as <c>accounts[3].name</c>.</param>
/// <param name="Message" example="name is required">One sentence that starts with the path.</param>
public sealed record FieldError(string Field, string Message);
