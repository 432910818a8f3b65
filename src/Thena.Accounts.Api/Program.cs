using Thena.Accounts.Api.Administration;
using Thena.Accounts.Api.Hosting;
using Thena.Accounts.EmbeddedPostgres;

if (args is [[not '-', ..], ..] or ["-h" or "--help" or "-?" or "--version"])
{
    return await CommandLine.RunAsync(args);
}

try
{
    await using var app = ServerApplication.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is EmbeddedPostgresException or IOException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
