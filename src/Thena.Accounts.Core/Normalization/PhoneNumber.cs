using System.Text.RegularExpressions;

namespace Thena.Accounts.Core.Normalization;

/// <summary>
/// Phone numbers with country code: <c>+</c> and 7 to 15 digits; blanks, dots, dashes and brackets between them are kept.
/// </summary>
public static partial class PhoneNumber
{
    /// <summary>Whether the text is a phone number.</summary>
    public static bool IsValid(string text) => Form().IsMatch(text.Trim());

    [GeneratedRegex(@"^\+(?:[ .\-()]*[0-9]){7,15}[ .\-()]*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
