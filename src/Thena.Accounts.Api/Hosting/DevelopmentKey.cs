using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Thena.Accounts.Core.Organizations;

namespace Thena.Accounts.Api.Hosting;

/// <summary>
/// The key for local development. It is created once, with an organization and a user. A file that only this user can read keeps it,
/// because the database has only its hash.
/// </summary>
internal sealed class DevelopmentKey(
    AccountsDatabase database,
    ApiKeyAuthenticator authenticator,
    DevelopmentOrganization organization,
    IServer server,
    IHostApplicationLifetime lifetime)
{
    /// <summary>The key. <see langword="null"/> outside Development.</summary>
    public string? Value { get; private set; }

    /// <summary>Creates the key if this database does not know it, and prints it once the server listens.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var directory = Directory.CreateDirectory(database.DevelopmentDirectory);
        var file = Path.Combine(directory.FullName, "development-key");
        var key = File.Exists(file) ? (await File.ReadAllTextAsync(file, cancellationToken)).Trim() : "";
        if (key.Length == 0 || await authenticator.AuthenticateAsync(key, cancellationToken) is null)
        {
            var user = await organization.PrepareAsync(cancellationToken);
            key = await organization.CreateKeyAsync(user.Id, cancellationToken);
            await WriteAsync(file, key, cancellationToken);
        }

        Value = key;
        lifetime.ApplicationStarted.Register(() => Print(key));
    }

    private static async Task WriteAsync(string file, string key, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(file, options);
        await writer.WriteAsync(key.AsMemory(), cancellationToken);
    }

    private void Print(string key)
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:8000";
        Console.Out.WriteLine(
            $"""

              Thena Platform Accounts API   {address}
              Swagger UI                    {address}/swagger
              Reference                     {address}/reference
              Key (x-api-key)               {key}

              curl -s {address}/v1/accounts -H 'x-api-key: {key}'

            """);
    }
}
