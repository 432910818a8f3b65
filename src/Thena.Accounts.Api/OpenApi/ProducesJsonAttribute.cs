using Microsoft.AspNetCore.Mvc;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>A status that an operation returns with a JSON body.</summary>
/// <typeparam name="T">The body.</typeparam>
/// <param name="status">The status.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ProducesJsonAttribute<T>(int status) : ProducesResponseTypeAttribute(typeof(T), status, "application/json");
