using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Thena.Accounts.Api.Binding;

/// <summary>
/// Keeps MVC's own validation from walking through request bodies: the validators do, and only where there are rules. And leaves a blank
/// text in a query what it
/// is: a filter that names nothing shows nothing, not everything.
/// </summary>
internal sealed class RequestMetadataProvider : IValidationMetadataProvider, IDisplayMetadataProvider
{
    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        if (context.Key.MetadataKind == ModelMetadataKind.Property)
        {
            context.ValidationMetadata.ValidateChildren = false;
        }
    }

    public void CreateDisplayMetadata(DisplayMetadataProviderContext context) => context.DisplayMetadata.ConvertEmptyStringToNull = false;
}
