using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Thena.Accounts.Api.Binding;

/// <summary>
/// Keeps MVC's own validation out of request bodies, because the validators check them. Also keeps a blank query value
/// instead of turning it into <see langword="null"/>: a blank filter matches nothing, not everything.
/// </summary>
internal sealed class RequestMetadataProvider : IValidationMetadataProvider, IDisplayMetadataProvider
{
    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        if (context.Key.MetadataKind == ModelMetadataKind.Property)
        {
            context.ValidationMetadata.ValidateChildren = false;
        }

        // The validator of a body or a query checks all its members, and an ID in a path needs none.
        if (context.Key.MetadataKind == ModelMetadataKind.Property || context.Key.ModelType == typeof(Ulid))
        {
            context.ValidationMetadata.HasValidators = false;
        }
    }

    public void CreateDisplayMetadata(DisplayMetadataProviderContext context) => context.DisplayMetadata.ConvertEmptyStringToNull = false;
}
