using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Moving.Reports;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Moving.Copying;

/// <summary>
/// Copies records from elsewhere into an organization. Remembers which record came from which, so that a second run, or one after an
/// interruption, changes what has changed, adds what is new and repeats nothing.
/// </summary>
public sealed class RecordImporter(IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly Error AlreadyRunning = Error.Conflict("Another import into this organization is running. Wait for its end.");

    /// <summary>Copies all records of a source.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="source">The source.</param>
    /// <param name="options">How the import works.</param>
    /// <param name="progress">Is told after each set of records.</param>
    /// <param name="cancellationToken">Token that stops the import between two records. Nothing is half written.</param>
    /// <returns>The report, or the error (404) if the organization does not exist.</returns>
    /// <exception cref="RecordSourceException">The source cannot be read.</exception>
    public async Task<Result<ImportReport>> RunAsync(
        string organizationId,
        IRecordSource source,
        ImportOptions options,
        Action<MovingProgress> progress,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (!await scope.ServiceProvider.GetRequiredService<AdministrationService>().ChooseAsync(organizationId, cancellationToken))
        {
            return AdministrationService.OrganizationNotFound;
        }

        var context = scope.ServiceProvider.GetRequiredService<AccountsDbContext>();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await TryLockAsync(context, cancellationToken))
        {
            return AlreadyRunning;
        }

        var references = await CopiedReferences.LoadAsync(context, options.DefaultUser, cancellationToken);
        var counts = new ImportCounts(source, references);
        var target = new OwnTarget(
            new ImportScopes(scopes, context.OrganizationId), source, references, counts, time, options.DryRun);
        return await new Mover(source, target, counts, time, options.DryRun, progress).RunAsync(cancellationToken);
    }

    /// <summary>Prevents another import into the organization, until the end of the transaction.</summary>
    private static async Task<bool> TryLockAsync(AccountsDbContext context, CancellationToken cancellationToken) =>
        (await context.Database
            .SqlQuery<bool>(
                $"select pg_try_advisory_xact_lock(hashtextextended({"import into " + context.OrganizationId}, 0)) as \"Value\"")
            .ToListAsync(cancellationToken))[0];
}
