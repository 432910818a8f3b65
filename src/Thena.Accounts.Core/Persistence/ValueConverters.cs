using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Persistence;

/// <summary>Keeps ULIDs as <c>uuid</c>, in the same order.</summary>
internal sealed class UlidConverter() : ValueConverter<Ulid, Guid>(id => id.ToGuid(), id => new Ulid(id));

/// <summary>
/// Keeps clients' JSON as <c>json</c>, which leaves numbers and the order of members as they were written (<c>jsonb</c> would not).
/// </summary>
internal sealed class RawJsonValueConverter() : ValueConverter<RawJson, string>(json => json.Text, text => new RawJson(text));
