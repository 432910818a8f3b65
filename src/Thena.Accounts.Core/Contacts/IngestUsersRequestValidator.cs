using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Contacts;

/// <summary>The form of <see cref="IngestUsersRequest"/>.</summary>
public sealed class IngestUsersRequestValidator : AbstractValidator<IngestUsersRequest>
{
    /// <summary>Sets the rules.</summary>
    public IngestUsersRequestValidator()
    {
        RuleFor(request => request.Users).RequiredItems(RequestRules.BulkMaxItems);
        RuleForEach(request => request.Users).Present().SetValidator(new IngestUserValidator())
            .When(request => request.Users is { Count: <= RequestRules.BulkMaxItems });
        RuleFor(request => request.SinkSource).Required().OneOf(IngestSink.All);
        RuleFor(request => request.Logo).Url();
        RuleFor(request => request.LogoUrl).Url();
    }
}
