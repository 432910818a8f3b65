using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Deliveries;

/// <summary>The events to send again. They start after a position in the feed, or at a time.</summary>
public sealed record ReplayWebhookRequest
{
    /// <summary>The cursor of the feed after which the events start.</summary>
    public Optional<string?> After { get; init; }

    /// <summary>The time at which the events start, if there is no cursor.</summary>
    /// <example>2025-01-06T00:00:00Z</example>
    public Optional<DateTimeOffset?> Since { get; init; }

    /// <summary>Whether to send only those whose delivery has failed.</summary>
    /// <example>true</example>
    public Optional<bool?> OnlyFailed { get; init; }
}

internal sealed class ReplayWebhookRequestValidator : AbstractValidator<ReplayWebhookRequest>
{
    public ReplayWebhookRequestValidator() => RuleFor(request => request.After)
        .Must((request, after) => string.IsNullOrEmpty(after.Value) == request.Since.Value is not null)
        .WithMessage("after or since is required, and not both");
}

/// <summary>Filters for a list of deliveries.</summary>
public sealed record ListDeliveriesQuery : PageQuery
{
    /// <summary>The state: <c>pending</c>, <c>delivered</c> or <c>failed</c>.</summary>
    public string? Status { get; init; }
}

internal sealed class ListDeliveriesQueryValidator : PageQueryValidator<ListDeliveriesQuery>
{
    public ListDeliveriesQueryValidator() => RuleFor(query => query.Status).OneOf(WebhookDeliveryStatus.All);
}
