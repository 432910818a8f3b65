using Microsoft.AspNetCore.Mvc.ModelBinding;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Api.Binding;

/// <summary>Reads an ID in a path. A malformed ID becomes one that no record has, so it is answered like an unknown ID.</summary>
internal sealed class IdBinder : IModelBinder, IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) => context.Metadata.ModelType == typeof(Ulid) ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var text = bindingContext.ValueProvider.GetValue(bindingContext.ModelName).FirstValue;
        bindingContext.Result = ModelBindingResult.Success(WireFormat.IdOrNone(text));
        return Task.CompletedTask;
    }
}
