namespace Thena.Accounts.Core.Results;

/// <summary>One problem of one member of a request.</summary>
/// <param name="Field">The member's path in JSON names, such as <c>accounts[3].name</c>.</param>
/// <param name="Message">One sentence that starts with the path.</param>
public sealed record FieldError(string Field, string Message);
