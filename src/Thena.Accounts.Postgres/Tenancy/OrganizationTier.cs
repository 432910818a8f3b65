namespace Thena.Accounts.Postgres.Tenancy;

/// <summary>The subscription tier of an organization. The free tier can use every operation except the account operations.</summary>
public enum OrganizationTier
{
    /// <summary>The free tier.</summary>
    Free,

    /// <summary>The standard tier.</summary>
    Standard,

    /// <summary>The enterprise tier.</summary>
    Enterprise,
}
