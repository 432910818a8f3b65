using System.Diagnostics.CodeAnalysis;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Webhooks;

/// <summary>A webhook with its new secret, which no other response shows.</summary>
public sealed record WebhookWithSecretResponse : WebhookResponse, IHoldsSecret
{
    [SetsRequiredMembers]
    internal WebhookWithSecretResponse(WebhookResponse webhook, string secret)
        : base(webhook) => Secret = secret;

    /// <summary>The secret that signs requests. Store it where the receiver finds it.</summary>
    /// <example>whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD</example>
    public string Secret { get; }
}
