using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Attachments;

/// <summary>The format rules for the attachments of any record.</summary>
internal static class AttachmentRules
{
    /// <summary>Limits the number of URLs that a request attaches.</summary>
    public static IRuleBuilderOptions<T, Optional<IReadOnlyList<string>?>> AttachmentUrls<T>(
        this IRuleBuilder<T, Optional<IReadOnlyList<string>?>> rule) =>
        rule.Items(AttachmentList.MaxCount);

    /// <summary>Requires that each of these URLs is valid.</summary>
    public static IRuleBuilderOptions<T, string> AttachmentUrl<T>(this IRuleBuilderInitialCollection<T, string> rule) => rule.RequiredUrl();
}
