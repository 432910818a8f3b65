using FluentValidation;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Ingest;

/// <summary>People that an application has seen, to become contacts of the right accounts.</summary>
public sealed record IngestUsersRequest
{
    /// <summary>The people, 1 to 5,000.</summary>
    /// <example>[{"firstName": "John", "lastName": "Doe", "email": "john.doe@example.com"}]</example>
    public IReadOnlyList<IngestUser>? Users { get; init; }

    /// <summary>The application.</summary>
    /// <example>SLACK</example>
    public Optional<string?> SinkSource { get; init; }

    /// <summary>URL of the logo given to accounts that this call creates.</summary>
    /// <example>https://acme.com/logo.png</example>
    public Optional<string?> Logo { get; init; }

    /// <summary>The logo, in its other spelling.</summary>
    public Optional<string?> LogoUrl { get; init; }
}

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

/// <summary>A person that an application has seen. Without a first name the part of the address before the <c>@</c> is taken.</summary>
public sealed record IngestUser : ContactFields;

/// <summary>The form of <see cref="IngestUser"/>.</summary>
public sealed class IngestUserValidator : ContactFieldsValidator<IngestUser>
{
    /// <summary>Sets the rules.</summary>
    public IngestUserValidator() => RuleFor(user => user.Email).Required();
}

/// <summary>The applications that hand over people.</summary>
public static class IngestSink
{
    /// <summary>All of them, as they are written on the wire.</summary>
    public static IReadOnlyList<string> All { get; } = ["MANUAL", "SLACK", "TEAMS", "INTERCOM", "ZENDESK"];
}
