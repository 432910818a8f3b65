using Thena.Accounts.Core.Patterns;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The work that one request has for matching patterns.</summary>
internal sealed class PatternWork
{
    /// <summary>The visits of steps that are left. All of them take a few tenths of a second.</summary>
    private int _left = 20_000_000;

    private readonly Dictionary<Ulid, (bool IsPresent, FieldPattern? Pattern)> _patterns = [];

    /// <summary>Matches a text with the pattern of a field.</summary>
    /// <returns>The problem, as the end of a sentence, or <see langword="null"/> if the text matches.</returns>
    public string? Check(CustomField field, string text)
    {
        if (text.Length > FieldPattern.MaxTextLength)
        {
            return $"must not be longer than {FieldPattern.MaxTextLength} characters";
        }

        if (!_patterns.TryGetValue(field.Id, out var found))
        {
            var isPresent = FieldPattern.IsPresent(field.Metadata, out var pattern);
            _patterns[field.Id] = found = (isPresent, pattern);
        }

        return !found.IsPresent || found.Pattern?.IsMatch(text, ref _left) == true ? null
            : _left <= 0 ? "could not be matched with the field's pattern in time"
            : "must match the field's pattern";
    }
}
