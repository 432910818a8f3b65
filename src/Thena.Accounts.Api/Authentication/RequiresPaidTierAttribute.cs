namespace Thena.Accounts.Api.Authentication;

/// <summary>Operations that the free tier does not reach (contract: General, 403).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequiresPaidTierAttribute : Attribute;
