using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Thena.Accounts.Core.Persistence;

/// <summary>Keeps ULIDs as <c>uuid</c>, in the same order.</summary>
internal sealed class UlidConverter() : ValueConverter<Ulid, Guid>(id => id.ToGuid(), id => new Ulid(id));
