using System.CommandLine;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Moving.Commands;

namespace Thena.Accounts.Api.Administration;

/// <summary>The commands for keys.</summary>
internal static class KeyCommands
{
    /// <summary>Creates <c>keys</c>.</summary>
    public static Command Create(CommandHost host) => new CommandWithExamples("keys", "Manages the API keys of users")
    {
        CreateKey(host),
        Bootstrap(host),
        ListKeys(host),
        RevokeKey(host),
        RotateKey(host),
    };

    private static Command CreateKey(CommandHost host)
    {
        var user = new Option<string>("--user") { Required = true, Description = "The ID of the user that the key acts for" };
        var name = new Option<string>("--name") { DefaultValueFactory = _ => "Key", Description = "The key's name" };
        var expiresInDays =
            new Option<int?>("--expires-in-days") { Description = "The number of days until the key expires; by default, it never does" };
        var scopes = new Option<string[]>("--scopes")
        {
            DefaultValueFactory = _ => [.. ApiKeyScopes.All],
            AllowMultipleArgumentsPerToken = true,
            Description = "The scopes of the key",
        };
        scopes.AcceptOnlyFromAmong([.. ApiKeyScopes.All]);
        return host.Define(
            new CommandWithExamples(
                "create",
                "Creates a key and shows it once",
                "keys create --user ID --name \"Back end\"",
                "keys create --user ID --expires-in-days 90 --scopes read"),
            [user, name, expiresInDays, scopes],
            (parsed, service, cancellationToken) => service.CreateKeyAsync(
                new(parsed.GetValue(user)!, parsed.GetValue(name)!, parsed.GetValue(expiresInDays), parsed.GetValue(scopes)!),
                cancellationToken));
    }

    private static Command Bootstrap(CommandHost host)
    {
        var organization = new Option<string>("--organization") { Required = true, Description = "The new organization's name" };
        var user = new Option<string>("--user") { Required = true, Description = "The new user's name" };
        var email = new Option<string>("--email") { Required = true, Description = "The new user's email address" };
        var tier = OrganizationCommands.TierOption();
        var ifAbsent = new Option<bool>("--if-absent")
        {
            Description = "Create only what is missing, and nothing if an organization of this name has a valid key",
        };
        return host.Define(
            new CommandWithExamples(
                "bootstrap",
                "Creates an organization, a user and a key, and shows the key once",
                "keys bootstrap --organization Acme --user \"Ada Lovelace\" --email ada@example.com",
                "keys bootstrap --if-absent --organization Acme --user \"Ada Lovelace\" --email ada@example.com"),
            [organization, user, email, tier, ifAbsent],
            (parsed, service, cancellationToken) => service.BootstrapAsync(
                new(
                    new(parsed.GetValue(organization)!, OrganizationCommands.Tier(parsed, tier)),
                    parsed.GetValue(user)!,
                    parsed.GetValue(email)!,
                    parsed.GetValue(ifAbsent)),
                cancellationToken));
    }

    private static Command ListKeys(CommandHost host)
    {
        var organization = MovingCommands.OrganizationOption();
        return host.DefineList(
            new CommandWithExamples(
                "list", "Lists an organization's keys, without the keys themselves", "keys list --organization ID"),
            [organization],
            async (parsed, service, cancellationToken) =>
                Listing<ApiKeyResponse>.From(await service.ListKeysAsync(parsed.GetValue(organization)!, cancellationToken)));
    }

    private static Command RevokeKey(CommandHost host)
    {
        var id = IdOption();
        return host.Define(
            new CommandWithExamples("revoke", "Revokes a key: it stops working within 10 seconds", "keys revoke --id ID"),
            [id],
            (parsed, service, cancellationToken) => service.RevokeKeyAsync(parsed.GetValue(id)!, cancellationToken));
    }

    private static Command RotateKey(CommandHost host)
    {
        var id = IdOption();
        return host.Define(
            new CommandWithExamples(
                "rotate", "Replaces a key with a new one; the old key stops working within 10 seconds", "keys rotate --id ID"),
            [id],
            (parsed, service, cancellationToken) => service.RotateKeyAsync(parsed.GetValue(id)!, cancellationToken));
    }

    private static Option<string> IdOption() => new("--id") { Required = true, Description = "The key's ID" };
}
