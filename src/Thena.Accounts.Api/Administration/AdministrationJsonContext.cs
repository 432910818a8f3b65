using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Moving;
using Thena.Accounts.Postgres.Citus;
using Thena.Accounts.Postgres.Diagnosis;

namespace Thena.Accounts.Api.Administration;

/// <summary>The generated JSON metadata of the output of the command line.</summary>
[JsonSerializable(typeof(OrganizationResponse))]
[JsonSerializable(typeof(Listing<OrganizationResponse>))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(Listing<UserResponse>))]
[JsonSerializable(typeof(NewApiKeyResponse))]
[JsonSerializable(typeof(ApiKeyResponse))]
[JsonSerializable(typeof(Listing<ApiKeyResponse>))]
[JsonSerializable(typeof(BootstrapResponse))]
[JsonSerializable(typeof(MigrationResponse))]
[JsonSerializable(typeof(DatabaseStatus))]
[JsonSerializable(typeof(DatabaseCreationResponse))]
[JsonSerializable(typeof(DiagnosisResponse))]
[JsonSerializable(typeof(HealthResponse))]
internal sealed partial class AdministrationJsonContext : JsonSerializerContext
{
    /// <summary>The API's JSON format, with letters of all scripts unescaped.</summary>
    public static JsonSerializerOptions Wire { get; } = Create();

    private static JsonSerializerOptions Create() => new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(new AdministrationJsonContext(), MovingJson.Options.TypeInfoResolver),
        Converters = { new TimestampJsonConverter(), new JsonStringEnumConverter<CheckOutcome>(JsonNamingPolicy.CamelCase) },
        Encoder = WireJson.Encoder,
    };
}
