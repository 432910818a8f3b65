using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using System.Xml.XPath;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Api.Authentication;
using Thena.Accounts.Core;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;
using Thena.Accounts.Moving;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// The API documents at <c>/openapi/v1.json</c> and <c>/openapi/documented.json</c>, and Swagger UI at <c>/swagger</c>.
/// </summary>
internal static partial class OpenApiSetup
{
    /// <summary>Adds the generator of the documents.</summary>
    public static void AddAccountsOpenApi(this IServiceCollection services)
    {
        services.AddTransient<ISerializerDataContractResolver>(
            _ => new OptionalContractResolver(new JsonSerializerDataContractResolver(MovingJson.Options)));
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc(ApiDocument.Whole, Info());
            options.SwaggerDoc(ApiDocument.Documented, Info());
            options.DocInclusionPredicate(
                (document, operation) => ExtensionMarks.AreIn(document) || !ExtensionMarks.IsExtension(operation));
            options.AddServer(new OpenApiServer { Url = "http://localhost:8000", Description = "Local" });
            options.AddSecurityDefinition(ApiKeyDefaults.Scheme, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ApiKeyDefaults.Header,
                Description = "The API key of a user. Create one with `keys create`. In Development, the server prints one when it starts.",
            });
            options.AddSecurityRequirement(
                document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiKeyDefaults.Scheme, document)] = [] });
            options.TagActionsBy(operation => [ApiTags.Of(operation)]);
            options.OrderActionsBy(operation => SectionAttribute.Find(operation).Position.ToString("D3", CultureInfo.InvariantCulture));
            options.CustomOperationIds(
                operation => JsonNamingPolicy.CamelCase.ConvertName(((ControllerActionDescriptor)operation.ActionDescriptor).ActionName));
            options.CustomSchemaIds(SchemaNames.Of);
            options.DescribeAllParametersInCamelCase();
            options.SupportNonNullableReferenceTypes();
            options.MapType<Ulid>(() => new OpenApiSchema { Type = JsonSchemaType.String });
            options.MapType<RawJson>(() => new OpenApiSchema());
            options.MapType<CustomFieldOption>(CustomFieldOptionSchema);
            options.MapType<IdList>(IdListSchema);
            options.SchemaFilter<SchemaFilter>();
            options.ParameterFilter<ParameterFilter>();
            options.OperationFilter<OperationFilter>();
            options.DocumentFilter<DocumentFilter>();
            options.IncludeXmlComments(() => ReadXmlComments(typeof(OpenApiSetup).Assembly));
            options.IncludeXmlComments(() => ReadXmlComments(typeof(ServiceRegistration).Assembly));
            options.IncludeXmlComments(() => ReadXmlComments(typeof(FieldError).Assembly));
            options.IncludeXmlComments(() => ReadXmlComments(typeof(MovingRegistration).Assembly));
        });
    }

    private static OpenApiInfo Info() => new()
    {
        Title = "Thena Platform",
        Version = typeof(OpenApiSetup).Assembly.GetName().Version!.ToString(3),
        Description =
            "The Accounts API of the Thena Platform, on your own server. The OpenAPI document for clients is at /openapi/v1.json, the one "
            + "without the extensions of this server (`x-extension`) at /openapi/documented.json.",
        Contact = new OpenApiContact { Name = "The Thena.Accounts contributors" },
        License = new OpenApiLicense { Name = "MIT", Url = new Uri("https://opensource.org/license/mit") },
    };

    /// <summary>Reads the XML comments of an assembly. Line breaks in the source are not line breaks in the document.</summary>
    private static XPathDocument ReadXmlComments(Assembly assembly)
    {
        var comments = XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml"));
        foreach (var text in comments.DescendantNodes().OfType<XText>())
        {
            text.Value = LineBreak().Replace(text.Value, " ");
        }

        return new XPathDocument(comments.CreateReader());
    }

    [GeneratedRegex(@"\s*\n\s*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LineBreak();

    private static OpenApiSchema Text()
    {
        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        text.Pattern = RuleFacts.PatternOf(text);
        return text;
    }

    /// <summary>The array comes first: generators that know no alternatives take the first one.</summary>
    private static OpenApiSchema IdListSchema() => new()
    {
        OneOf =
        [
            new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = Text(),

                // The library leaves null out of what it writes of alternatives.
                Extensions =
                    new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal) { ["nullable"] = new JsonNodeExtension(true) },
            },
            Text(),
        ],
    };

    private static OpenApiSchema Option() => new()
    {
        Type = JsonSchemaType.String,
        MinLength = 1,
        MaxLength = RequestRules.DefaultMaxLength,
        Pattern = RequestRules.NotBlankPattern,
    };

    private static OpenApiSchema CustomFieldOptionSchema() => new()
    {
        OneOf =
        [
            Option(),
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["value"] = Option() },
                Required = new HashSet<string>(StringComparer.Ordinal) { "value" },
            },
        ],
    };
}
