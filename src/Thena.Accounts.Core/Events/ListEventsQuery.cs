using FluentValidation;
using Thena.Accounts.Core.Paging;

namespace Thena.Accounts.Core.Events;

/// <summary>The events to read.</summary>
public sealed record ListEventsQuery
{
    /// <summary>The largest number of events.</summary>
    public const int MaxLimit = 1_000;

    /// <summary>The number of events by default.</summary>
    public const int DefaultLimit = 100;

    /// <summary>The longest time to wait, in seconds.</summary>
    public const int MaxWait = 30;

    /// <summary>
    /// The cursor after which the events start: the <c>nextCursor</c> of the previous response, or <c>latest</c> for events from now on.
    /// Without it, the events start with the oldest one that is kept.
    /// </summary>
    public string? After { get; init; }

    /// <summary>The largest number of events in the response, 1 to 1,000.</summary>
    /// <example>100</example>
    public long? Limit { get; init; }

    /// <summary>
    /// The types, separated by commas: names, prefixes such as <c>account:*</c>, or <c>*</c>. Events about a detail, such as
    /// <c>account-status:changed</c>, are returned only if they are named. Without this parameter, all other types are returned.
    /// </summary>
    /// <example>account:*,customer-contact:created</example>
    public string? Types { get; init; }

    /// <summary>Returns only the events of this account and of the records that belong to it.</summary>
    public string? AccountId { get; init; }

    /// <summary>
    /// Up to 50 members, separated by commas, such as <c>status,metadata.plan</c>. Updates that change none of them are left out. Events of
    /// new and deleted records are always returned.
    /// </summary>
    public string? Changed { get; init; }

    /// <summary>
    /// Whether to leave out events that were caused by the key of this request. This prevents loops between two systems that copy each
    /// other.
    /// </summary>
    /// <example>false</example>
    public bool? ExcludeOwn { get; init; }

    /// <summary>The number of seconds to wait if there is no event yet, 0 to 30.</summary>
    /// <example>0</example>
    public long? Wait { get; init; }

    /// <summary>The parts of a list that is separated by commas.</summary>
    internal static IReadOnlyList<string> Split(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

internal sealed class ListEventsQueryValidator : AbstractValidator<ListEventsQuery>
{
    public ListEventsQueryValidator()
    {
        RuleFor(query => query.Limit).IsLimit(ListEventsQuery.MaxLimit);
        RuleFor(query => query.Wait)
            .InclusiveBetween(0, ListEventsQuery.MaxWait)
            .WithMessage($"wait must be between 0 and {ListEventsQuery.MaxWait} seconds");
        RuleFor(query => query.Types)
            .Must(types => types is null || EventFilter.Parse(ListEventsQuery.Split(types)) is not null)
            .WithMessage("types must be names of events, such as account:updated, or prefixes, such as account:*");
        RuleFor(query => query.Changed)
            .Must(changed => ListEventsQuery.Split(changed).Count <= 50)
            .WithMessage("changed must have at most 50 members");
    }
}
