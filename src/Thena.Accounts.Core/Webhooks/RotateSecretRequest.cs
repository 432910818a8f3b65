using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Webhooks;

/// <summary>How a secret is replaced.</summary>
public sealed record RotateSecretRequest
{
    /// <summary>The longest time for which the secret before is used, in hours.</summary>
    public const int MaxOverlapHours = 168;

    /// <summary>The hours for which requests are signed with the secret before too, 0 to 168. The default is 24.</summary>
    /// <example>24</example>
    public Optional<int?> OverlapHours { get; init; }
}

internal sealed class RotateSecretRequestValidator : AbstractValidator<RotateSecretRequest>
{
    public RotateSecretRequestValidator() =>
        RuleFor(request => request.OverlapHours).InRange(0, RotateSecretRequest.MaxOverlapHours);
}
