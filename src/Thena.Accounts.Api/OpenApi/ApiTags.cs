using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// The tags of the operations. The contract has one for all of its operations. Each group of extensions has its own: that of its section,
/// or the one that <c>[Tags]</c> names if the operations are in sections of the contract.
/// </summary>
internal static class ApiTags
{
    /// <summary>The tag of the details of single records.</summary>
    public const string Details = "Record details";

    private const string Accounts = "Accounts";

    private static readonly Dictionary<string, string> Descriptions = new(StringComparer.Ordinal)
    {
        [Accounts] = "Customer accounts, their contacts, and everything recorded about them.",
        [Details] = "Single records by ID. These operations are extensions of this server.",
    };

    /// <summary>Returns the tag of an operation.</summary>
    public static string Of(ApiDescription operation) =>
        operation.ActionDescriptor.EndpointMetadata.OfType<ITagsMetadata>().LastOrDefault() is { Tags: [var tag, ..] } ? tag
        : ExtensionMarks.IsExtension(operation) ? SectionAttribute.Find(operation).Name
        : Accounts;

    /// <summary>Returns the tags with these names and their descriptions, in alphabetical order.</summary>
    public static HashSet<OpenApiTag> Describe(IEnumerable<string> names, IReadOnlyCollection<SectionAttribute> sections) =>
    [
        .. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(name => new OpenApiTag
            {
                Name = name,
                Description = Descriptions.GetValueOrDefault(name) ?? sections.First(section => section.Name == name).Description,
            }),
    ];
}
