using Microsoft.AspNetCore.Mvc;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>A status that an operation returns with a JSON body.</summary>
/// <typeparam name="T">The body.</typeparam>
/// <param name="status">The status.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ProducesJsonAttribute<T>(int status) : ProducesResponseTypeAttribute(typeof(T), status, "application/json");

/// <summary>The error statuses of an operation, besides those of every operation: 401, 403, 429, 500 and 503.</summary>
/// <param name="statuses">The statuses.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProducesErrorsAttribute(params int[] statuses) : Attribute
{
    /// <summary>The statuses.</summary>
    public IReadOnlyList<int> Statuses => statuses;
}
