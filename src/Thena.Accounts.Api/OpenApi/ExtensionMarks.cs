using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using Thena.Accounts.Core;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// Marks in the document what goes beyond the documented API. The document of the documented operations has nothing of it, so that a client
/// generated from it is the same as one for the documented API.
/// </summary>
internal static class ExtensionMarks
{
    private const string Mark = "x-extension";

    /// <summary>Whether an operation is an extension.</summary>
    public static bool IsExtension(ApiDescription operation) =>
        operation.ActionDescriptor.EndpointMetadata.OfType<ExtensionAttribute>().Any();

    /// <summary>Whether a document has extensions.</summary>
    public static bool AreIn(string document) => document != ApiDocument.Documented;

    /// <summary>Marks an operation or a parameter.</summary>
    public static void AddTo(IOpenApiExtensible extension) => extension.AddExtension(Mark, new JsonNodeExtension(true));

    /// <summary>Whether an operation or a parameter is marked.</summary>
    public static bool AreOn(IOpenApiReadOnlyExtensible extension) => extension.Extensions?.ContainsKey(Mark) == true;
}
