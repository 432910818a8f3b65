using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Webhooks;

/// <summary>The fields of a webhook that clients can set.</summary>
public abstract record WebhookFields
{
    /// <summary>The largest number of types or members.</summary>
    public const int MaxItems = 50;

    /// <summary>
    /// The URL to which events are sent: https, to a public address. Settings of the server can allow http and addresses inside your own
    /// network.
    /// </summary>
    /// <example>https://hooks.acme.example/accounts</example>
    public Optional<string?> Url { get; init; }

    /// <summary>
    /// The types of events: names such as <c>account:updated</c>, prefixes such as <c>account:*</c>, or <c>*</c>, which is the default.
    /// Events that tell of a detail, such as <c>account-status:changed</c>, have to be named.
    /// </summary>
    /// <example>["account:*", "customer-contact:created"]</example>
    public Optional<IReadOnlyList<string>?> EventTypes { get; init; }

    /// <summary>
    /// Members such as <c>status</c> or <c>metadata.plan</c>. Updates that change none of them are not sent. Without members, all are.
    /// </summary>
    /// <example>["status", "health"]</example>
    public Optional<IReadOnlyList<string>?> Changed { get; init; }

    /// <summary>What the webhook is for.</summary>
    /// <example>Keeps the warehouse up to date.</example>
    public Optional<string?> Description { get; init; }

    /// <summary>
    /// Up to 10 headers that each request has, besides those of the server. Not <c>host</c>, and none that starts with <c>content-</c> or
    /// <c>webhook-</c>.
    /// </summary>
    /// <example>{"x-team": "platform"}</example>
    public Optional<IReadOnlyDictionary<string, string?>?> Headers { get; init; }

    /// <summary>
    /// The body: <c>flat</c> for the event, or <c>message</c> for an object with the event in <c>message</c>, as receivers of the hosted
    /// platform read it.
    /// </summary>
    /// <example>flat</example>
    public Optional<string?> Envelope { get; init; }

    /// <summary>
    /// Whether events are sent. Events of the time in which a webhook is not active are not sent later; <c>replay</c> sends them.
    /// </summary>
    /// <example>true</example>
    public Optional<bool?> IsActive { get; init; }
}

internal abstract class WebhookFieldsValidator<T> : AbstractValidator<T>
    where T : WebhookFields
{
    private const int MaxMemberLength = 1_024;

    protected WebhookFieldsValidator()
    {
        RuleFor(webhook => webhook.Url).Url();
        RuleFor(webhook => webhook.EventTypes).Items(WebhookFields.MaxItems);
        RuleForEach(webhook => RequestRules.Within(webhook.EventTypes.Value, WebhookFields.MaxItems))
            .SetValidator(new RequestRule<T, string>("EventType", CheckType, facts => facts.MinLength = 1))
            .OverridePropertyName("eventTypes");
        RuleFor(webhook => webhook.Changed).Items(WebhookFields.MaxItems);
        RuleForEach(webhook => RequestRules.Within(webhook.Changed.Value, WebhookFields.MaxItems))
            .SetValidator(new RequestRule<T, string>(
                "Member",
                member => string.IsNullOrWhiteSpace(member) ? "must not be empty"
                    : member.Length > MaxMemberLength ? RequestRules.TooLong(MaxMemberLength) : null,
                facts => (facts.MinLength, facts.MaxLength) = (1, MaxMemberLength)))
            .OverridePropertyName("changed");
        RuleFor(webhook => webhook.Description).FreeText(RequestRules.DefaultMaxLength);
        RuleFor(webhook => webhook.Headers).SetValidator(
            new RequestRule<T, Optional<IReadOnlyDictionary<string, string?>?>>(
                "Headers", headers => WebhookHeaders.FindProblem(headers.Value), _ => { }));
        RuleFor(webhook => webhook.Envelope).OneOf(WebhookEnvelope.All);
    }

    private static string? CheckType(string? type) =>
        type is not null && Events.EventTypes.Resolve(type).Count > 0
            ? null
            : "must be the name of an event, such as account:updated, or a prefix, such as account:*";
}

/// <summary>The webhook to create.</summary>
public sealed record CreateWebhookRequest : WebhookFields;

internal sealed class CreateWebhookRequestValidator : WebhookFieldsValidator<CreateWebhookRequest>
{
    public CreateWebhookRequestValidator() => RuleFor(webhook => webhook.Url).Required();
}

/// <summary>Changes to a webhook. Absent fields stay unchanged; <c>null</c> sets a field to its default.</summary>
public sealed record UpdateWebhookRequest : WebhookFields;

internal sealed class UpdateWebhookRequestValidator : WebhookFieldsValidator<UpdateWebhookRequest>
{
    public UpdateWebhookRequestValidator() => RuleFor(webhook => webhook.Url).NotCleared();
}
