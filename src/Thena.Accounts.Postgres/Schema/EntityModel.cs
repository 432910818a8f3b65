using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace Thena.Accounts.Postgres.Schema;

/// <summary>The entities that the features bring: the EF model is made from their mappings.</summary>
/// <param name="Assembly">The assembly with the mappings.</param>
/// <param name="Conventions">Maps the types of values that are used in many entities.</param>
public sealed record EntityModel(Assembly Assembly, Action<ModelConfigurationBuilder> Conventions);
