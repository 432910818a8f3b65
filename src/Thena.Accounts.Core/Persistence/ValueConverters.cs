using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Persistence;

/// <summary>Stores ULIDs as <c>uuid</c>, which sorts in the same order.</summary>
internal sealed class UlidConverter() : ValueConverter<Ulid, Guid>(id => id.ToGuid(), id => new Ulid(id));

/// <summary>
/// Stores clients' JSON as <c>json</c>. Unlike <c>jsonb</c>, it keeps numbers and the order of members as they were written.
/// </summary>
internal sealed class RawJsonValueConverter() : ValueConverter<RawJson, string>(json => json.Text, text => new RawJson(text));
