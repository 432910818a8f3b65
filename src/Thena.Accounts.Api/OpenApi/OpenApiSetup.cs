using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Api.Accounts;
using Thena.Accounts.Api.Activities;
using Thena.Accounts.Api.Attributes;
using Thena.Accounts.Api.Authentication;
using Thena.Accounts.Api.Contacts;
using Thena.Accounts.Api.CustomFields;
using Thena.Accounts.Api.Notes;
using Thena.Accounts.Api.Relationships;
using Thena.Accounts.Api.Tasks;
using Thena.Accounts.Core;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>The API document at <c>/openapi/v1.json</c> and Swagger UI at <c>/swagger</c>.</summary>
internal static class OpenApiSetup
{
    /// <summary>The document that Swagger UI shows: the same, but for its tags.</summary>
    public const string ByFeature = "by-feature";

    private const string Document = "v1";

    /// <summary>
    /// Takes away choices of one, such as the media type, and columns that are always empty; lets tables wrap on a phone.
    /// </summary>
    private const string Style =
        """
        <style>
        .swagger-ui .topbar .download-url-wrapper,
        .swagger-ui .info hgroup.main a,
        .swagger-ui .response-col_links,
        .swagger-ui .responses-table .response-controls { display: none; }
        @media (max-width: 640px) {
          .swagger-ui .wrapper { padding: 0 8px; }
          .swagger-ui .opblock-tag { flex-wrap: wrap; }
          .swagger-ui .opblock-tag small { flex-basis: 80%; padding: 0; }
          .swagger-ui .parameters thead, .swagger-ui table.headers thead { display: none; }
          .swagger-ui .parameters tr, .swagger-ui .parameters td, .swagger-ui table.headers tr, .swagger-ui table.headers td { display: block; padding: 4px 0; }
          .swagger-ui .parameters-col_description input, .swagger-ui .parameters-col_description select { max-width: 100%; width: 100%; }
        }
        </style>
        """;

    /// <summary>
    /// The hash of the style element that the script of Swagger UI adds; a browser test tells when an upgrade changes it.
    /// </summary>
    private const string BundleStyleHash = "RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w=";

    /// <summary>The order of the features in the document: that of the reference.</summary>
    private static readonly Type[] ControllerOrder =
    [
        typeof(AccountsController), typeof(CustomFieldsController), typeof(AttributeValuesController), typeof(ContactsController),
        typeof(RelationshipTypesController), typeof(RelationshipsController), typeof(ActivitiesController), typeof(NotesController),
        typeof(TasksController),
    ];

    /// <summary>Adds the generator of the document.</summary>
    public static void AddAccountsOpenApi(this IServiceCollection services)
    {
        services.AddTransient<ISerializerDataContractResolver>(
            _ => new OptionalContractResolver(new JsonSerializerDataContractResolver(WireJson.Options)));
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc(Document, Info());
            options.SwaggerDoc(ByFeature, Info());
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
            options.TagActionsBy(_ => [TagsFilter.Accounts]);
            options.OrderActionsBy(
                operation => Array.IndexOf(
                    ControllerOrder,
                    ((ControllerActionDescriptor)operation.ActionDescriptor)
                        .ControllerTypeInfo.AsType()).ToString("D2", CultureInfo.InvariantCulture));
            options.CustomOperationIds(
                operation => JsonNamingPolicy.CamelCase.ConvertName(((ControllerActionDescriptor)operation.ActionDescriptor).ActionName));
            options.CustomSchemaIds(SchemaNames.Of);
            options.DescribeAllParametersInCamelCase();
            options.SupportNonNullableReferenceTypes();
            options.MapType<Ulid>(() => new OpenApiSchema { Type = JsonSchemaType.String });
            options.MapType<RawJson>(() => new OpenApiSchema());
            options.MapType<CustomFieldOption>(CustomFieldOptionSchema);
            options.MapType<IdList>(IdListSchema);
            options.SchemaFilter<WireSchemaFilter>();
            options.ParameterFilter<QueryParameterFilter>();
            options.ParameterFilter<PathParameterFilter>();
            options.OperationFilter<AnswersFilter>();
            options.DocumentFilter<HealthPathsFilter>();
            options.DocumentFilter<TagsFilter>();
            options.DocumentFilter<ResponseHeadersFilter>();
            options.DocumentFilter<NamedValuesFilter>();
            options.DocumentFilter<SwaggerUiFilter>();
            options.IncludeXmlComments(typeof(OpenApiSetup).Assembly);
            options.IncludeXmlComments(typeof(ServiceRegistration).Assembly);
        });
    }

    /// <summary>Serves the document and Swagger UI.</summary>
    public static void UseAccountsOpenApi(this IApplicationBuilder app)
    {
        app.UseContentSecurityPolicy();
        app.UseSwagger(options => options.RouteTemplate = "openapi/{documentName}.json");
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "swagger";
            options.DocumentTitle = "Thena Platform";
            options.SwaggerEndpoint($"/openapi/{ByFeature}.json", "Thena Platform");
            options.HeadContent = Style;
            options.EnableDeepLinking();
            options.EnablePersistAuthorization();
            options.DisplayRequestDuration();
            options.DefaultModelsExpandDepth(0);
        });
    }

    /// <summary>Lets the page of Swagger UI load and call nothing but this server, and be framed by nobody.</summary>
    private static void UseContentSecurityPolicy(this IApplicationBuilder app)
    {
        var style = Style[(Style.IndexOf('>', StringComparison.Ordinal) + 1)..Style.LastIndexOf('<')].ReplaceLineEndings("\n");
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        var policy = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self' data:; "
            + $"style-src 'self' 'sha256-{hash}' 'sha256-{BundleStyleHash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase),
            page => page.Use((context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy = policy;
                return next(context);
            }));
    }

    private static OpenApiInfo Info() => new()
    {
        Title = "Thena Platform",
        Version = "1.0.0",
        Description =
            "The Accounts API of the Thena Platform, on your own server. The OpenAPI document for clients is at /openapi/v1.json.",
        Contact = new OpenApiContact { Name = "The Thena.Accounts contributors" },
        License = new OpenApiLicense { Name = "MIT", Url = new Uri("https://opensource.org/license/mit") },
    };

    private static OpenApiSchema Text()
    {
        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        text.Pattern = TextPatterns.Of(text);
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
