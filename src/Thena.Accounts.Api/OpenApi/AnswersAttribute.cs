using Microsoft.AspNetCore.Mvc;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>A status that an operation answers without a body.</summary>
/// <param name="status">The status.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class AnswersAttribute(int status) : ProducesResponseTypeAttribute(status);

/// <summary>A status that an operation answers, with its body.</summary>
/// <typeparam name="T">The body.</typeparam>
/// <param name="status">The status.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class AnswersAttribute<T>(int status) : ProducesResponseTypeAttribute(typeof(T), status, "application/json");

/// <summary>The statuses of errors that an operation answers, besides 401, 403, 500 and 503, which every operation may.</summary>
/// <param name="statuses">The statuses.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AnswersErrorsAttribute(params int[] statuses) : Attribute
{
    /// <summary>The statuses.</summary>
    public IReadOnlyList<int> Statuses => statuses;
}
