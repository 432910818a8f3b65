namespace Thena.Accounts.Core.Organizations;

/// <summary>What an organization has subscribed to. The free tier reaches everything but the account operations themselves.</summary>
public enum OrganizationTier
{
    /// <summary><c>free</c></summary>
    Free,

    /// <summary><c>standard</c></summary>
    Standard,

    /// <summary><c>enterprise</c></summary>
    Enterprise,
}
