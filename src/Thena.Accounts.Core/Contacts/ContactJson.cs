using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Contacts;

/// <summary>The generated JSON contracts of the feature. Use <see cref="Json.WireJson.Options"/> instead of this class.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ContactResponse))]
[JsonSerializable(typeof(IReadOnlyList<ContactResponse>))]
[JsonSerializable(typeof(CreateContactRequest))]
[JsonSerializable(typeof(UpdateContactRequest))]
[JsonSerializable(typeof(CreateContactsRequest))]
[JsonSerializable(typeof(FilterContactsByIdsRequest))]
internal sealed partial class ContactJson : JsonSerializerContext;
