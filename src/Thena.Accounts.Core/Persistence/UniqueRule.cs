using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Persistence;

/// <summary>A unique index, and the conflict (409) that is returned if it is violated.</summary>
internal sealed class UniqueRule
{
    private readonly string _message;
    private readonly Func<AccountsDbContext, object, IQueryable<Ulid?>?>? _findTwin;

    private UniqueRule(string index, string message, Func<AccountsDbContext, object, IQueryable<Ulid?>?>? findTwin)
    {
        Index = index;
        _message = message;
        _findTwin = findTwin;
    }

    /// <summary>The name of the index in the database.</summary>
    public string Index { get; }

    /// <summary>Creates a rule whose conflict does not contain the ID of the existing record.</summary>
    public static UniqueRule Create(string index, string message) => new(index, message, findTwin: null);

    /// <summary>Creates a rule whose conflict contains the ID of the existing record.</summary>
    /// <param name="index">The name of the index.</param>
    /// <param name="message">The message of the conflict.</param>
    /// <param name="isTwinOf">Creates the condition that finds the existing record with the same key as a given one.</param>
    public static UniqueRule Create<TRecord>(string index, string message, Func<TRecord, Expression<Func<TRecord, bool>>> isTwinOf)
        where TRecord : TenantEntity => new(index, message, (context, entity) => entity is TRecord record
            ? context.Set<TRecord>().Where(isTwinOf(record)).Where(twin => twin.Id != record.Id).Select(twin => (Ulid?)twin.Id)
            : null);

    /// <summary>Creates the error for a violation. Reads outside of the transaction, which has been rolled back.</summary>
    /// <param name="context">The database.</param>
    /// <param name="created">The record that the transaction was to create without tracking, if there is one.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public async Task<Error> ToErrorAsync(AccountsDbContext context, TenantEntity? created, CancellationToken cancellationToken)
    {
        object[] refused =
        [
            .. created is null ? Array.Empty<object>() : [created],
            .. context.ChangeTracker.Entries()
                .Where(entry => entry.State is EntityState.Added or EntityState.Modified)
                .Select(entry => entry.Entity),
        ];
        context.ChangeTracker.Clear();
        Ulid? twin = null;
        for (var index = 0; twin is null && _findTwin is not null && index < refused.Length; index++)
        {
            twin = _findTwin(context, refused[index]) is { } query ? await query.FirstOrDefaultAsync(cancellationToken) : null;
        }

        return Error.Conflict(_message) with { ExistingId = twin?.ToString() };
    }
}
