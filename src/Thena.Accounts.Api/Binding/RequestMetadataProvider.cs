using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Thena.Accounts.Api.Binding;

/// <summary>
/// Keeps MVC's own validation from walking through request bodies, because the validators check them. Also keeps a blank query value
/// instead of turning it into <see langword="null"/>: a blank filter matches nothing, not everything. IDs in paths need no validator.
/// </summary>
internal sealed class RequestMetadataProvider : IValidationMetadataProvider, IDisplayMetadataProvider
{
    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        if (context.Key.MetadataKind == ModelMetadataKind.Property)
        {
            context.ValidationMetadata.ValidateChildren = false;
        }

        if (context.Key.ModelType == typeof(Ulid))
        {
            context.ValidationMetadata.HasValidators = false;
        }
    }

    public void CreateDisplayMetadata(DisplayMetadataProviderContext context) => context.DisplayMetadata.ConvertEmptyStringToNull = false;
}
