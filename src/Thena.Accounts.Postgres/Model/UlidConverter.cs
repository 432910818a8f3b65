using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Thena.Accounts.Postgres.Model;

/// <summary>Stores ULIDs as <c>uuid</c>, which sorts in the same order.</summary>
internal sealed class UlidConverter() : ValueConverter<Ulid, Guid>(id => id.ToGuid(), id => new Ulid(id));
