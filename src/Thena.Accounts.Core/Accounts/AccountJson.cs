using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The generated JSON contracts of the feature. Use <see cref="Json.WireJson.Options"/> instead of this class.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AccountResponse))]
[JsonSerializable(typeof(IReadOnlyList<AccountResponse>))]
[JsonSerializable(typeof(CreateAccountRequest))]
[JsonSerializable(typeof(UpdateAccountRequest))]
[JsonSerializable(typeof(CreateAccountsRequest))]
[JsonSerializable(typeof(FilterAccountsByIdsRequest))]
[JsonSerializable(typeof(FilterAccountsByPrimaryDomainsRequest))]
internal sealed partial class AccountJson : JsonSerializerContext;
