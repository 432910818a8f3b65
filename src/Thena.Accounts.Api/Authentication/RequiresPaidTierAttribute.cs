namespace Thena.Accounts.Api.Authentication;

/// <summary>Marks operations that are not available in the free tier (contract: General, 403).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequiresPaidTierAttribute : Attribute;
