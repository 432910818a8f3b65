using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Thena.Accounts.Moving.Demo;

/// <summary>
/// A company of the sample <c>Thena.Accounts.Samples.Companies</c>. Its domain and its people are those of the sample, so that the sample
/// adds no accounts and contacts to the demo data.
/// </summary>
internal sealed record DemoCompany
{
    private const string File = "companies.csv";

    private static readonly string[] FirstNames =
    [
        "Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Frances", "John", "Katherine", "Tony",
    ];

    private static readonly string[] LastNames =
    [
        "Archer", "Baker", "Carter", "Dyer", "Farmer", "Gardener", "Hunter", "Mason", "Potter", "Smith", "Taylor",
    ];

    /// <summary>The number of the company, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The stock symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The sector, such as <c>Energy</c>.</summary>
    public required string Sector { get; init; }

    /// <summary>The industry within the sector.</summary>
    public required string SubIndustry { get; init; }

    /// <summary>The city, and the state or country.</summary>
    public required string Headquarters { get; init; }

    /// <summary>The year of foundation, sometimes with a remark.</summary>
    public required string Founded { get; init; }

    /// <summary>A domain under <c>.example</c>, the top-level domain that is reserved for examples.</summary>
    public string Domain => $"{Symbol.Replace('.', '-').ToLowerInvariant()}.example";

    /// <summary>Three fictitious employees.</summary>
    public IEnumerable<(string FirstName, string LastName, string Email)> People => Enumerable.Range(0, 3).Select(number =>
    {
        var seed = Symbol.Sum(letter => letter) + (7 * number);
        var (first, last) = (FirstNames[seed % FirstNames.Length], LastNames[(seed + number) % LastNames.Length]);
        return (first, last, string.Create(CultureInfo.InvariantCulture, $"{first}.{last}.{number + 1}@{Domain}").ToLowerInvariant());
    });

    /// <summary>Reads all companies.</summary>
    public static List<DemoCompany> ReadAll()
    {
        using var reader = new StreamReader(typeof(DemoCompany).Assembly.GetManifestResourceStream(File)!);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture));
        csv.Read();
        csv.ReadHeader();
        List<DemoCompany> companies = [];
        while (csv.Read())
        {
            companies.Add(new DemoCompany
            {
                Number = companies.Count + 1,
                Symbol = csv.GetField("Symbol")!,
                Name = csv.GetField("Security")!,
                Sector = csv.GetField("GICS Sector")!,
                SubIndustry = csv.GetField("GICS Sub-Industry")!,
                Headquarters = csv.GetField("Headquarters Location")!,
                Founded = csv.GetField("Founded")!,
            });
        }

        return companies;
    }
}
