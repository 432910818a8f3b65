using FluentValidation;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Ingest;

/// <summary>The users of an application, to become contacts of the matching accounts.</summary>
public sealed record IngestUsersRequest
{
    /// <summary>The users, 1 to 5,000.</summary>
    /// <example>[{"firstName": "John", "lastName": "Doe", "email": "john.doe@example.com"}]</example>
    public IReadOnlyList<IngestUser>? Users { get; init; }

    /// <summary>The application that the users come from.</summary>
    /// <example>SLACK</example>
    public Optional<string?> SinkSource { get; init; }

    /// <summary>The URL of the logo for accounts that this request creates.</summary>
    /// <example>https://acme.com/logo.png</example>
    public Optional<string?> Logo { get; init; }

    /// <summary>Another name for <c>logo</c>.</summary>
    public Optional<string?> LogoUrl { get; init; }
}

internal sealed class IngestUsersRequestValidator : AbstractValidator<IngestUsersRequest>
{
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

/// <summary>A user of the application. The default first name is the part of the email address before the <c>@</c>.</summary>
public sealed record IngestUser : ContactFields;

internal sealed class IngestUserValidator : ContactFieldsValidator<IngestUser>
{
    public IngestUserValidator() => RuleFor(user => user.Email).Required();
}
