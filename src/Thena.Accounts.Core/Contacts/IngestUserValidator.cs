using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Contacts;

/// <summary>The form of <see cref="IngestUser"/>.</summary>
public sealed class IngestUserValidator : ContactFieldsValidator<IngestUser>
{
    /// <summary>Sets the rules.</summary>
    public IngestUserValidator() => RuleFor(user => user.Email).Required();
}
