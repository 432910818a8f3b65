using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Thena.Accounts.Api.Authentication;
using Thena.Accounts.Postgres.Idempotency;

namespace Thena.Accounts.Api.Conditions;

/// <summary>Reads the <c>Idempotency-Key</c> of requests (IETF draft "The Idempotency-Key HTTP Header Field").</summary>
internal static partial class IdempotencyKeys
{
    /// <summary>The header of the key.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The header of a response that was stored when the request was processed first.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <summary>Returns whether a request has a key that counts: it writes, and so repeating it could do harm.</summary>
    public static bool IsPresent(HttpContext context) =>
        context.Request.Headers.ContainsKey(Header) && !ReadsOnlyAttribute.IsRead(context);

    /// <summary>Notes the body of a request with a key, which is a part of its fingerprint.</summary>
    public static void NoteBody(HttpContext context, ReadOnlySpan<byte> body)
    {
        if (IsPresent(context))
        {
            context.Features.Set(new BodyDigest(SHA256.HashData(body)));
        }
    }

    /// <summary>Reads the key, quoted as the draft wants it or bare.</summary>
    /// <returns><see langword="null"/> if the header is not 1 to 255 visible ASCII characters.</returns>
    public static IdempotencyKey? Read(HttpContext context)
    {
        if (context.Request.Headers[Header] is not [{ } header] || Form().Match(header) is not { Success: true } match)
        {
            return null;
        }

        var quoted = match.Groups["quoted"];
        var text = quoted.Success ? Escape().Replace(quoted.Value, "${character}") : header;
        return text.Length <= 255 ? new IdempotencyKey(text, Fingerprint(context.Request, context.Features.Get<BodyDigest>())) : null;
    }

    private static byte[] Fingerprint(HttpRequest request, BodyDigest? body) => SHA256.HashData(
        [.. Encoding.UTF8.GetBytes($"{request.Method} {request.PathBase}{request.Path}{request.QueryString}\n"), .. body?.Bytes ?? []]);

    [GeneratedRegex(
        """^(?:"(?<quoted>(?:[!#-\[\]-~]|\\["\\])+)"|[!#-~][!-~]*)\z""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();

    [GeneratedRegex(
        @"\\(?<character>.)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Escape();

    private sealed record BodyDigest(byte[] Bytes);
}
