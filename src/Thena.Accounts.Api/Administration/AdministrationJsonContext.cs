using System.Text.Json;
using System.Text.Json.Serialization;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;

namespace Thena.Accounts.Api.Administration;

/// <summary>The generated contracts of what the command line prints.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(TimestampJsonConverter)])]
[JsonSerializable(typeof(OrganizationResponse))]
[JsonSerializable(typeof(Listing<OrganizationResponse>))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(Listing<UserResponse>))]
[JsonSerializable(typeof(NewApiKeyResponse))]
[JsonSerializable(typeof(ApiKeyResponse))]
[JsonSerializable(typeof(Listing<ApiKeyResponse>))]
[JsonSerializable(typeof(MigrationResponse))]
internal sealed partial class AdministrationJsonContext : JsonSerializerContext
{
    /// <summary>As generated, with letters of all scripts written as themselves.</summary>
    public static JsonSerializerOptions Wire { get; } = Create();

    private static JsonSerializerOptions Create() => new(new AdministrationJsonContext().Options) { TypeInfoResolver = new AdministrationJsonContext(), Encoder = WireJson.Encoder };
}
