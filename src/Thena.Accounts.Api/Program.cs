using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Administration;
using Thena.Accounts.Api.Hosting;
using Thena.Accounts.Postgres.Schema;

if (args is [[not '-', ..], ..] or ["-h" or "--help" or "-?" or "--version"])
{
    return await CommandLine.RunAsync(args);
}

try
{
    await using var app = ServerApplication.Build(args);
    var stopping = app.Lifetime.ApplicationStopping;
    try
    {
        await app.RunAsync();
    }
    catch (OperationCanceledException) when (stopping.IsCancellationRequested)
    {
        // Stopped before the start was complete, for example while waiting for the database.
    }

    return 0;
}
catch (IOException exception) when (exception.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync($"{exception.Message.TrimEnd('.')}. To use another one, set ASPNETCORE_URLS.");
    return 1;
}
catch (Exception exception)
    when (exception is IOException or OldSchemaException or OptionsValidationException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
