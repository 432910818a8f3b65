using System.Text.RegularExpressions;

namespace Thena.Accounts.Core.Normalization;

/// <summary>
/// Validates phone numbers with a country code: <c>+</c> and 7 to 15 digits, with spaces, dots, dashes and parentheses between them.
/// </summary>
public static partial class PhoneNumber
{
    /// <summary>Returns whether the text is a phone number. Leading and trailing spaces are ignored.</summary>
    public static bool IsValid(string text) => Form().IsMatch(text.Trim());

    [GeneratedRegex(@"^\+(?:[ .\-()]*[0-9]){7,15}[ .\-()]*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
