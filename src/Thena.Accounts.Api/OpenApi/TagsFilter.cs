using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>Says what the tags stand for.</summary>
internal sealed class TagsFilter : IDocumentFilter
{
    /// <summary>The tag of the operations.</summary>
    public const string Accounts = "Accounts";

    /// <summary>The tag of the health checks.</summary>
    public const string Health = "Health";

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) => swaggerDoc.Tags = new HashSet<OpenApiTag>
    {
        new() { Name = Accounts, Description = "Customers' accounts, the people who belong to them, and what is said about both." },
        new() { Name = Health, Description = "Whether the server works; asked without a key." },
    };
}
