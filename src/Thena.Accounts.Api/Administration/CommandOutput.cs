using System.CommandLine;
using System.Text.Json;
using Thena.Accounts.Api.Arguments;

namespace Thena.Accounts.Api.Administration;

/// <summary>What commands print: JSON or a table on stdout, or one sentence on stderr.</summary>
internal static class CommandOutput
{
    private const string Json = "json";
    private const string Table = "table";

    /// <summary>Creates the option that chooses between a table and JSON.</summary>
    /// <param name="isTable">Whether the default is a table.</param>
    public static Option<string> CreateOption(bool isTable)
    {
        var option = new Option<string>("--output")
        {
            DefaultValueFactory = _ => isTable ? Table : Json,
            Description = "A table for people, or JSON for programs",
        };
        option.AcceptOnlyFromAmong(Table, Json);
        return option;
    }

    /// <summary>Returns whether a command is to print a table.</summary>
    public static bool IsTable(this ParseResult parsed, Option<string> option) => parsed.GetValue(option) == Table;

    /// <summary>Prints a value as JSON, on one line.</summary>
    public static void WriteJson<T>(T value) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(value, AdministrationJsonContext.Wire.GetTypeInfo(typeof(T))));

    /// <summary>Prints rows as a table.</summary>
    public static void WriteTable<T>(Listing<T> rows)
    {
        var json = JsonSerializer.SerializeToElement(rows, AdministrationJsonContext.Wire.GetTypeInfo(typeof(Listing<T>)));
        TextTable.Write(Console.Out, [.. json.GetProperty("items").EnumerateArray()]);
    }

    /// <summary>Prints why a command has failed, on one line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> FailAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(string.Join(' ', sentence.Split('\n', StringSplitOptions.TrimEntries)));
        return 1;
    }
}
