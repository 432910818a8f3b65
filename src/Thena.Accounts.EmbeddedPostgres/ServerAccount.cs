namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>
/// The user that runs PostgreSQL's programs: the current one, or another when that is root, as which PostgreSQL refuses to run.
/// </summary>
internal sealed class ServerAccount
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    private readonly string[] _switchUser;
    private readonly string? _owner;

    private ServerAccount(string name, string[] switchUser, string? owner)
    {
        Name = name;
        _switchUser = switchUser;
        _owner = owner;
    }

    /// <summary>The user's name.</summary>
    public string Name { get; }

    /// <summary>Whether this process is root and runs PostgreSQL as another user.</summary>
    public bool IsDropped => _switchUser.Length > 0;

    /// <summary>Chooses the current user, or for root the first candidate that the machine can switch to.</summary>
    public static async Task<ServerAccount> ChooseAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return new ServerAccount(Environment.UserName, [], owner: null);
        }

        foreach (var user in Candidates)
        {
            var userId = await ProgramRunner.RunAsync("id", ["-u", user], cancellationToken);
            var groupId = await ProgramRunner.RunAsync("id", ["-g", user], cancellationToken);
            if (!userId.Succeeded || !groupId.Succeeded)
            {
                continue;
            }

            var owner = $"{userId.Output.Trim()}:{groupId.Output.Trim()}";
            foreach (var switchUser in WaysToSwitchTo(user, groupId.Output.Trim()))
            {
                var account = new ServerAccount(user, switchUser, owner);
                if ((await account.RunAsync("true", [], cancellationToken)).Succeeded)
                {
                    return account;
                }
            }
        }

        throw new EmbeddedPostgresException(
            "PostgreSQL does not run as root, and neither setpriv, runuser nor su can switch to the user postgres or nobody here.");
    }

    /// <summary>Runs a program as this user.</summary>
    public Task<ProgramResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        string[] command = [.. _switchUser, program, .. arguments];
        return ProgramRunner.RunAsync(command[0], command[1..], cancellationToken);
    }

    /// <summary>Makes this user the owner of one file or folder that the current user has made.</summary>
    public async Task TakeOwnershipAsync(string path, CancellationToken cancellationToken)
    {
        if (_owner is null)
        {
            return;
        }

        var result = await ProgramRunner.RunAsync("chown", [_owner, path], cancellationToken);
        if (!result.Succeeded)
        {
            throw new EmbeddedPostgresException($"{path} cannot be given to the user {Name}: {result.Complaint}");
        }
    }

    /// <summary>Whether this user can create files in a folder: it may lie in another one that is closed to the user.</summary>
    public async Task<bool> CanWriteToAsync(string directory, CancellationToken cancellationToken) =>
        !IsDropped || (await RunAsync("test", ["-w", directory], cancellationToken)).Succeeded;

    private static IEnumerable<string[]> WaysToSwitchTo(string user, string groupId) =>
    [
        ["setpriv", "--reuid", user, "--regid", groupId, "--init-groups"],
        ["runuser", "-u", user, "--"],
        ["su", "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", user],
    ];
}
