using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Moving.Commands;

/// <summary>The command line that commands belong to.</summary>
public interface ICommandHost
{
    /// <summary>Opens the database of the server, runs a command, and prints its result or the error.</summary>
    /// <param name="work">Runs the command.</param>
    /// <param name="exitCode">Returns the exit code of a success.</param>
    /// <param name="cancellationToken">Token that cancels the command.</param>
    /// <returns>The exit code.</returns>
    Task<int> RunAsync<T>(Func<IServiceProvider, Task<Result<T>>> work, Func<T, int> exitCode, CancellationToken cancellationToken);

    /// <summary>Returns the ID of the organization that a command is for if it names none, or <see langword="null"/>.</summary>
    Task<string?> FindDefaultOrganizationAsync(IServiceProvider services, CancellationToken cancellationToken);
}
