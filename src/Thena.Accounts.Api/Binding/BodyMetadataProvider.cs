using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Thena.Accounts.Api.Binding;

/// <summary>Keeps MVC's own validation from walking through request bodies: the validators do, and only where there are rules.</summary>
internal sealed class BodyMetadataProvider : IValidationMetadataProvider
{
    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        if (context.Key.MetadataKind == ModelMetadataKind.Property)
        {
            context.ValidationMetadata.ValidateChildren = false;
        }
    }
}
