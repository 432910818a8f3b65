using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Thena.Accounts.Api.Binding;

/// <summary>Chooses <see cref="QueryValueBinder"/> for whole numbers, booleans and instants.</summary>
internal sealed class QueryValueBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(long?) ? QueryValueBinder.Number
        : context.Metadata.ModelType == typeof(bool?) ? QueryValueBinder.Boolean
        : context.Metadata.ModelType == typeof(DateTimeOffset?) ? QueryValueBinder.Instant
        : null;
}
