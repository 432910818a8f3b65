using Microsoft.VisualBasic.FileIO;

namespace Thena.Accounts.Samples.Companies;

/// <summary>A row of <c>companies.csv</c>.</summary>
/// <param name="Symbol">The stock symbol.</param>
/// <param name="Name">The name.</param>
/// <param name="Sector">The sector, such as <c>Energy</c>.</param>
/// <param name="SubIndustry">The industry within the sector.</param>
/// <param name="Headquarters">The city, and the state or country.</param>
/// <param name="DateAdded">The date on which the company joined the index.</param>
/// <param name="Cik">The Central Index Key (CIK) of the U.S. Securities and Exchange Commission.</param>
/// <param name="Founded">The year of foundation, sometimes with a remark.</param>
public sealed record Company(
    string Symbol, string Name, string Sector, string SubIndustry, string Headquarters, string DateAdded, string Cik, string Founded)
{
    /// <summary>A domain under <c>.example</c>, the top-level domain that is reserved for examples.</summary>
    public string Domain => $"{Symbol.Replace('.', '-').ToLowerInvariant()}.example";

    /// <summary>Reads the file that comes with the sample.</summary>
    public static IReadOnlyList<Company> ReadAll()
    {
        using var parser = new TextFieldParser(
            Path.Combine(AppContext.BaseDirectory, "companies.csv"))
        { HasFieldsEnclosedInQuotes = true };
        parser.SetDelimiters(",");
        parser.ReadFields();
        List<Company> companies = [];
        while (
            parser.ReadFields() is
            [
                var symbol, var name, var sector, var subIndustry, var headquarters, var dateAdded, var cik, var founded,
            ])
        {
            companies.Add(new Company(symbol, name, sector, subIndustry, headquarters, dateAdded, cik, founded));
        }

        return companies;
    }
}
