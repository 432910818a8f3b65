namespace Thena.Accounts.Api.Authentication;

/// <summary>Marks an operation that only reads although its method is not <c>GET</c>. The scope <c>read</c> is enough to call it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReadsOnlyAttribute : Attribute
{
    /// <summary>Returns whether a request only reads: by its method, or by this mark.</summary>
    public static bool IsRead(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<ReadsOnlyAttribute>() is not null;
}
