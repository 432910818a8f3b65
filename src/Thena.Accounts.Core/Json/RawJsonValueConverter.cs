using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Thena.Accounts.Core.Json;

/// <summary>
/// Stores clients' JSON as <c>json</c>. Unlike <c>jsonb</c>, it keeps numbers and the order of members as they were written.
/// </summary>
internal sealed class RawJsonValueConverter() : ValueConverter<RawJson, string>(json => json.Text, text => new RawJson(text));
