using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Thena.Accounts.Api.Binding;

/// <summary>Chooses <see cref="QueryValueBinder"/> for whole numbers and booleans.</summary>
internal sealed class QueryValueBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(long?) ? QueryValueBinder.Number
        : context.Metadata.ModelType == typeof(bool?) ? QueryValueBinder.Boolean
        : null;
}
