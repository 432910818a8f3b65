using System.Text.Json;
using System.Text.Json.Serialization;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;

namespace Thena.Accounts.Api.Administration;

/// <summary>The generated contracts of what the command line prints.</summary>
[JsonSerializable(typeof(OrganizationResponse))]
[JsonSerializable(typeof(Listing<OrganizationResponse>))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(Listing<UserResponse>))]
[JsonSerializable(typeof(NewApiKeyResponse))]
[JsonSerializable(typeof(ApiKeyResponse))]
[JsonSerializable(typeof(Listing<ApiKeyResponse>))]
[JsonSerializable(typeof(BootstrapResponse))]
[JsonSerializable(typeof(MigrationResponse))]
[JsonSerializable(typeof(HealthResponse))]
internal sealed partial class AdministrationJsonContext : JsonSerializerContext
{
    /// <summary>In the form of the wire, with letters of all scripts written as themselves.</summary>
    public static JsonSerializerOptions Wire { get; } = Create();

    private static JsonSerializerOptions Create() => new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = new AdministrationJsonContext(),
        Converters = { new TimestampJsonConverter() },
        Encoder = WireJson.Encoder,
    };
}
