namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>
/// The user that runs PostgreSQL's programs: the current user, or another one if that is root, because PostgreSQL refuses to run as root.
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

    /// <summary>Whether this process is root, and so runs PostgreSQL as another user.</summary>
    public bool RunsAsOtherUser => _switchUser.Length > 0;

    /// <summary>Chooses the current user or, for root, the first candidate that this machine can switch to.</summary>
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
            "PostgreSQL does not run as root, and none of setpriv, runuser and su can switch to the user postgres or nobody.");
    }

    /// <summary>Runs a program as this user.</summary>
    public Task<ProgramResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        string[] command = [.. _switchUser, program, .. arguments];
        return ProgramRunner.RunAsync(command[0], command[1..], cancellationToken);
    }

    /// <summary>
    /// Makes this user the owner of a file or folder that the current user has created. If it has become a link, the link gets the owner,
    /// and not its target: whoever can write to the folder around it could otherwise get any file from root.
    /// </summary>
    public async Task MakeOwnerOfAsync(string path, CancellationToken cancellationToken)
    {
        if (_owner is null)
        {
            return;
        }

        var result = await ProgramRunner.RunAsync("chown", ["-h", _owner, path], cancellationToken);
        if (!result.Succeeded)
        {
            throw new EmbeddedPostgresException($"The user {Name} cannot be made the owner of {path}: {result.ErrorSummary}");
        }
    }

    /// <summary>Checks whether this user can create files in a folder. It cannot if a parent folder is closed to it.</summary>
    public async Task<bool> CanWriteToAsync(string directory, CancellationToken cancellationToken) =>
        !RunsAsOtherUser || (await RunAsync("test", ["-w", directory], cancellationToken)).Succeeded;

    private static IEnumerable<string[]> WaysToSwitchTo(string user, string groupId) =>
    [
        ["setpriv", "--reuid", user, "--regid", groupId, "--init-groups"],
        ["runuser", "-u", user, "--"],
        ["su", "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", user],
    ];
}
