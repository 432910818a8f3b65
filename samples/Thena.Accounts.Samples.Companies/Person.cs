namespace Thena.Accounts.Samples.Companies;

/// <summary>A fictitious employee of a company.</summary>
/// <param name="FirstName">The first name.</param>
/// <param name="LastName">The last name.</param>
/// <param name="Email">The email address, at the company's domain.</param>
public sealed record Person(string FirstName, string LastName, string Email)
{
    private static readonly string[] FirstNames =
    [
        "Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Frances", "John", "Katherine", "Tony",
    ];
    private static readonly string[] LastNames =
    [
        "Archer", "Baker", "Carter", "Dyer", "Farmer", "Gardener", "Hunter", "Mason", "Potter", "Smith", "Taylor",
    ];

    /// <summary>Returns three people of a company, always the same ones.</summary>
    public static IReadOnlyList<Person> Of(Company company) => [.. Enumerable.Range(0, 3).Select(number =>
    {
        var seed = company.Symbol.Sum(letter => letter) + (7 * number);
        var (first, last) = (FirstNames[seed % FirstNames.Length], LastNames[(seed + number) % LastNames.Length]);
        return new Person(first, last, $"{first}.{last}.{number + 1}@{company.Domain}".ToLowerInvariant());
    })];
}
