using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Npgsql;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Idempotency;
using Thena.Accounts.Postgres.Metrics;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.ReferenceData;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Postgres.Writing;

/// <summary>
/// Runs use cases that write: each in a <see cref="Unit"/>, which is committed if the use case succeeds and rolled back if it fails. A use
/// case that collides with another one runs again from the start, in a new unit.
/// </summary>
public sealed partial class Writes : IAsyncDisposable, IDisposable
{
    private const int MaxAttempts = 6;
    private const int MaxOutdated = 2;
    private const int MaxDelayMilliseconds = 20;
    private const int MaxDoublings = 4;

    /// <summary>The error if the same request is still being processed.</summary>
    public static readonly Error StillRunning =
        Error.Conflict("A request with this Idempotency-Key is still being processed!") with { RetryAfter = TimeSpan.FromSeconds(1) };

    /// <summary>The error if another request has used the idempotency key.</summary>
    public static readonly Error KeyReused =
        new(ErrorKind.KeyReused, "This Idempotency-Key was already used for a different request!");

    /// <summary>The error if the record has changed since the client read it.</summary>
    public static readonly Error VersionChanged = new(ErrorKind.VersionChanged, "The record does not match the version in If-Match!");

    private readonly UnitContext _context;
    private readonly ReferenceCopies _copies;
    private Unit? _awaiting;

    /// <summary>Creates an instance for a scope.</summary>
    public Writes(
        Tables tables,
        DatabaseConnections connections,
        ReferenceCopies copies,
        CurrentOrganization organization,
        RequestConditions conditions,
        Stamp stamp,
        RecordedKinds kinds,
        ChangeOrigin origin,
        ChangeSignal signal,
        DatabaseDeadline deadline,
        IOptions<ChangeOptions> changes,
        IOptions<DatabaseOptions> options)
    {
        _context = new UnitContext(
            tables,
            connections,
            organization,
            conditions,
            stamp,
            () => new ChangeRecorder(kinds, origin, changes.Value.Enabled),
            signal,
            deadline,
            options.Value);
        _copies = copies;
    }

    private Writes(UnitContext context, ReferenceCopies copies) => (_context, _copies) = (context, copies);

    /// <summary>
    /// Whether the use case has succeeded, but its unit waits for the response, which is stored in it
    /// (<see cref="StoreAndCommitAsync"/>).
    /// </summary>
    public bool AwaitsResponse => _awaiting is not null;

    /// <summary>Whether a use case has written anything.</summary>
    public bool HasWritten { get; private set; }

    /// <summary>Returns an instance that writes records from elsewhere.</summary>
    public Writes WithOrigin(RecordOrigin origin) => new(_context with { Stamp = _context.Stamp.WithOrigin(origin) }, _copies);

    /// <summary>Runs a use case.</summary>
    /// <param name="useCase">The use case. It may run several times, so it must not change anything but the database.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <param name="indexes">The unique indexes that the use case can violate, each with its conflict.</param>
    /// <returns>The result of the use case, or the conflict of the unique index that it violated.</returns>
    public async Task<Result<T>> RunAsync<T>(
        Func<Unit, Task<Result<T>>> useCase, CancellationToken cancellationToken, params UniqueIndex[] indexes)
    {
        var references = await _copies.GetAsync(_context.Organization.Id, outdated: null, cancellationToken);
        var attempt = 1;
        while (true)
        {
            var outcome = await TryAsync(useCase, references, indexes, attempt, cancellationToken);
            if (outcome.Result is { } result)
            {
                return result;
            }

            if (references is { Whole: null, HasMissed: true })
            {
                // The use case could only ask for what it needs. Now it goes on.
                await _copies.CompleteAsync(references, _context.Organization.Id, cancellationToken);
                continue;
            }

            if (attempt > MaxOutdated || !outcome.ShowsOutdated)
            {
                var longest = MaxDelayMilliseconds << Math.Min(attempt, MaxDoublings);
                await Task.Delay(RandomNumberGenerator.GetInt32(1, longest), cancellationToken);
            }

            if (outcome.ShowsOutdated)
            {
                DatabaseMetrics.CountRepeated("outdated");
                references = await RenewAsync(references, attempt, cancellationToken);
            }

            attempt++;
        }
    }

    /// <summary>Runs a use case that returns nothing, such as a deletion.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{Unit, Task{Result{T}}}, CancellationToken, UniqueIndex[])"/>
    public async Task<Result> RunAsync(Func<Unit, Task<Result>> useCase, CancellationToken cancellationToken)
    {
        var result = await RunAsync<bool>(async unit => (await useCase(unit)).Error is { } error ? error : true, cancellationToken);
        return result.Error is { } failure ? failure : Result.Done;
    }

    /// <summary>
    /// Stores the response of the use case in its unit and commits, in one round trip. The response can be sent again from then on.
    /// </summary>
    public async Task StoreAndCommitAsync(SerializedResponse response)
    {
        await using var unit = _awaiting;
        _awaiting = null;
        await unit!.StoreAndCommitAsync(response);
    }

    /// <summary>Rolls back a unit whose response could not be made.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_awaiting is not null)
        {
            await _awaiting.DisposeAsync();
            _awaiting = null;
        }
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => _awaiting?.Abandon();

    /// <summary>Runs a use case once.</summary>
    /// <returns>Its result; none if it has to run again.</returns>
    private async Task<Outcome<T>> TryAsync<T>(
        Func<Unit, Task<Result<T>>> useCase,
        References references,
        UniqueIndex[] indexes,
        int attempt,
        CancellationToken cancellationToken)
    {
        var unit = new Unit(_context, references, cancellationToken);
        try
        {
            var result = await useCase(unit);
            if (await IsOutdatedAsync(unit, references, result.Error))
            {
                return Outcome<T>.Outdated;
            }

            if (result.Error is null)
            {
                await unit.FinishAsync();
                HasWritten |= unit.HasWritten;
                _awaiting = unit.Claim is null ? null : unit;
            }

            return new(result);
        }
        catch (PostgresException fault) when (Array.Find(indexes, index => DatabaseFaults.Violates(fault, index)) is { } index)
        {
            // The statement may have been refused before the one that checks the reference data.
            if (references.IsUsed && !await unit.HasCurrentReferencesAsync())
            {
                return Outcome<T>.Outdated;
            }

            return new(index.ToError(await index.FindExistingAsync(unit)));
        }
        catch (ClaimRefusedException refused)
        {
            _context.Conditions.Replay = refused.Response;
            return new(refused.Reason == ClaimRefusal.KeyReused ? KeyReused : StillRunning);
        }
        catch (PostgresException fault) when (references.IsUsed && ShowsOutdated(fault))
        {
            return attempt < 2 * MaxAttempts ? Outcome<T>.Outdated : throw new TransactionCollisionException();
        }
        catch (Exception fault) when (attempt < MaxAttempts
            && (DatabaseFaults.IsCollision(fault) || DatabaseFaults.IsStatementLost(fault)
                || (DatabaseFaults.IsOutOfStep(fault) && !unit.MayBeCommitted)))
        {
            DatabaseMetrics.CountRepeated(DatabaseFaults.IsCollision(fault) ? "collision" : "session");
            return Outcome<T>.Collided;
        }
        finally
        {
            if (_awaiting != unit)
            {
                await unit.DisposeAsync();
            }
        }
    }

    /// <summary>Whether the use case has to run again, with newer reference data. Makes its changes, which show names, too.</summary>
    private static async Task<bool> IsOutdatedAsync(Unit unit, References references, Error? error)
    {
        if (error is not null)
        {
            return references.HasMissed || (references.IsUsed && !await unit.HasCurrentReferencesAsync());
        }

        unit.MakeChanges();
        return references.HasMissed;
    }

    /// <summary>
    /// Whether the reference data have changed, or a row has been removed past the server, with SQL, which does not change their version.
    /// </summary>
    private static bool ShowsOutdated(PostgresException fault) =>
        ReferenceVersion.IsOutdated(fault) || fault.SqlState == PostgresErrorCodes.ForeignKeyViolation;

    /// <summary>Returns newer reference data: all of them, or after some attempts none, to read those that the use case asks for.</summary>
    private async Task<References> RenewAsync(References references, int attempt, CancellationToken cancellationToken) =>
        references.Whole is not null && attempt < MaxOutdated
            ? await _copies.GetAsync(_context.Organization.Id, references, cancellationToken)
            : References.FromTables(_context.Tables);

    private readonly record struct Outcome<T>(Result<T>? Result, bool ShowsOutdated = false)
    {
        public static Outcome<T> Outdated => new(null, ShowsOutdated: true);

        public static Outcome<T> Collided => new(null);
    }
}
