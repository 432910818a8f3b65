using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// Sets the tags and says what they stand for. The contract's document has one tag for all operations; Swagger UI, which groups by tag,
/// gets a document
/// with one a feature, in the order of the reference.
/// </summary>
internal sealed class TagsFilter : IDocumentFilter
{
    /// <summary>The tag of the operations.</summary>
    public const string Accounts = "Accounts";

    /// <summary>The tag of the health checks.</summary>
    public const string Health = "Health";

    private static readonly (string Tag, string Path, string Description)[] Features =
    [
        (Accounts, "/v1/accounts", "Customer accounts."),
        ("Custom fields", "/v1/accounts/account-custom-fields", "Your own fields for accounts and contacts."),
        ("Custom fields", "/v1/custom-field", ""),
        ("Attribute values", "/v1/accounts/attributes", "The organization's pick lists, such as account statuses."),
        ("Contacts", "/v1/accounts/contacts", "The people at customer accounts."),
        ("Relationship types", "/v1/accounts/relationships/types", "Kinds of relationships, such as parent and subsidiary."),
        ("Relationships", "/v1/accounts/relationships", "Directed relationships between accounts."),
        ("Activities", "/v1/accounts/activities", "Calls, meetings and other activities of an account."),
        ("Notes", "/v1/accounts/notes", "Notes about an account."),
        ("Tasks", "/v1/accounts/tasks", "Tasks for an account."),
        (Health, "/health", "Health checks. They need no key."),
    ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        if (context.DocumentName != OpenApiSetup.ByFeature)
        {
            swaggerDoc.Tags = new HashSet<OpenApiTag>
            {
                new() { Name = Accounts, Description = "Customer accounts, their contacts, and everything recorded about them." },
                new() { Name = Health, Description = Features[^1].Description },
            };
            return;
        }

        swaggerDoc.Tags = Features.DistinctBy(feature => feature.Tag)
            .Select(feature => new OpenApiTag { Name = feature.Tag, Description = feature.Description })
            .ToHashSet();
        foreach (var (path, item) in swaggerDoc.Paths)
        {
            var tag = Features.Where(feature => path.StartsWith(feature.Path, StringComparison.Ordinal))
                .MaxBy(feature => feature.Path.Length)
                .Tag;
            foreach (var operation in item.Operations!.Values)
            {
                operation.Tags = new HashSet<OpenApiTagReference> { new(tag, swaggerDoc) };
            }
        }
    }
}
