using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>The section of the reference that has the operations of a controller.</summary>
/// <param name="name">The name of the section.</param>
/// <param name="position">The position of the operations in the reference.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SectionAttribute(string name, int position) : Attribute
{
    /// <summary>The name of the section.</summary>
    public string Name => name;

    /// <summary>The position of the operations in the reference.</summary>
    public int Position => position;

    /// <summary>What the section is about. One controller of the section says it.</summary>
    public string? Description { get; init; }

    /// <summary>Returns the section of an operation.</summary>
    public static SectionAttribute Find(ApiDescription operation) =>
        operation.ActionDescriptor.EndpointMetadata.OfType<SectionAttribute>().Single();
}
