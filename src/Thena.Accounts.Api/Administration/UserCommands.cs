using System.CommandLine;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Moving.Commands;

namespace Thena.Accounts.Api.Administration;

/// <summary>The commands for users.</summary>
internal static class UserCommands
{
    /// <summary>Creates <c>users</c>.</summary>
    public static Command Create(CommandHost host) => new CommandWithExamples("users", "Manages the users of an organization")
    {
        CreateUser(host),
        ListUsers(host),
    };

    private static Command CreateUser(CommandHost host)
    {
        var organization = MovingCommands.OrganizationOption();
        var name = new Option<string>("--name") { Required = true, Description = "The user's name" };
        var email = new Option<string>("--email") { Required = true, Description = "The user's email address" };
        var avatarUrl = new Option<string?>("--avatar-url") { Description = "The URL of the user's picture" };
        return host.Define(
            new CommandWithExamples(
                "create", "Creates a user", "users create --organization ID --name \"Ada Lovelace\" --email ada@example.com"),
            [organization, name, email, avatarUrl],
            (parsed, service, cancellationToken) => service.CreateUserAsync(
                new(parsed.GetValue(organization)!, parsed.GetValue(name)!, parsed.GetValue(email)!, parsed.GetValue(avatarUrl)),
                cancellationToken));
    }

    private static Command ListUsers(CommandHost host)
    {
        var organization = MovingCommands.OrganizationOption();
        return host.DefineList(
            new CommandWithExamples("list", "Lists an organization's users", "users list --organization ID"),
            [organization],
            async (parsed, service, cancellationToken) =>
                Listing<UserResponse>.From(await service.ListUsersAsync(parsed.GetValue(organization)!, cancellationToken)));
    }
}
