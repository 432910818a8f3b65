namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>Reads files that the server may be writing to.</summary>
internal static class SharedFile
{
    /// <summary>Reads the lines of a file. Returns none if there is no file.</summary>
    public static string[] ReadLines(string path)
    {
        try
        {
            using var reader = new StreamReader(path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete });
            return reader.ReadToEnd().TrimEnd().Split('\n', StringSplitOptions.TrimEntries);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }
}
