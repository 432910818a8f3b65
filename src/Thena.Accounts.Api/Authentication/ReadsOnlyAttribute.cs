namespace Thena.Accounts.Api.Authentication;

/// <summary>Marks an operation that only reads although its method is not <c>GET</c>. The scope <c>read</c> is enough to call it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReadsOnlyAttribute : Attribute;
