using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>Describes <see cref="Optional{T}"/> as the type that it wraps.</summary>
internal sealed class OptionalContractResolver(ISerializerDataContractResolver inner) : ISerializerDataContractResolver
{
    public DataContract GetDataContractForType(Type type) => inner.GetDataContractForType(OptionalJsonConverterFactory.Unwrap(type));
}
