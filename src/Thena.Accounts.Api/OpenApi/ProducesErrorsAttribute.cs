namespace Thena.Accounts.Api.OpenApi;

/// <summary>The error statuses of an operation, besides those of every operation: 401, 403, 429, 500 and 503.</summary>
/// <param name="statuses">The statuses.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProducesErrorsAttribute(params int[] statuses) : Attribute
{
    /// <summary>The statuses.</summary>
    public IReadOnlyList<int> Statuses => statuses;
}
