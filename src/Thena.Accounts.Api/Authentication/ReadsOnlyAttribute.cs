namespace Thena.Accounts.Api.Authentication;

/// <summary>An operation that reads although its method is not <c>GET</c>: a key with the scope <c>read</c> alone may use it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReadsOnlyAttribute : Attribute;
