using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Contacts;

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
