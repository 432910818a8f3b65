using Microsoft.VisualBasic.FileIO;

namespace Thena.Accounts.Samples.Companies;

/// <summary>A row of <c>companies.csv</c>.</summary>
/// <param name="Symbol">The symbol under which its shares are traded.</param>
/// <param name="Name">Its name.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="SubIndustry">Its place within the sector.</param>
/// <param name="Headquarters">City and state or country.</param>
/// <param name="DateAdded">When it joined the index.</param>
/// <param name="Cik">Its number at the supervisory authority.</param>
/// <param name="Founded">The year, sometimes with a remark.</param>
public sealed record Company(
    string Symbol, string Name, string Sector, string SubIndustry, string Headquarters, string DateAdded, string Cik, string Founded)
{
    /// <summary>A domain under the top-level domain that is reserved for examples: nobody's real one.</summary>
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
