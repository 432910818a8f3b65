using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Attributes;

/// <summary>The organization's pick lists (contract: Attribute values).</summary>
public sealed class AttributeValueService(AccountsDbContext context, IEnumerable<IAttributeUsage> references, TimeProvider time)
{
    private static readonly Error NotFound = Error.NotFound("Resource not found!");

    /// <summary>The values of a list, in order of creation.</summary>
    public async Task<IReadOnlyList<AttributeValueResponse>> ListAsync(ListAttributeValuesQuery query, CancellationToken cancellationToken) =>
        AttributeKinds.TryParse(query.Attribute, out var kind)
            ? await context.AttributeValues.Where(value => value.Kind == kind).OrderBy(value => value.Id)
                .Select(AttributeValueResponse.Projection).ToListAsync(cancellationToken)
            : [];

    /// <summary>Adds a value to a list.</summary>
    public async Task<Result<AttributeValueResponse>> CreateAsync(CreateAttributeValueRequest request, CancellationToken cancellationToken)
    {
        if (!AttributeKinds.TryParse(request.Attribute.Value, out var kind))
        {
            return Error.Invalid($"attribute must be one of {string.Join(", ", AttributeKinds.Names)}");
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await LockAsync(context.AttributeValues.Where(value => value.Kind == kind), cancellationToken);
        var value = new AttributeValue { Kind = kind, Value = "" };
        context.Add(value);
        return Apply(value, request) is { } error ? error : await SaveAsync(value, value.IsDefault, cancellationToken);
    }

    /// <summary>Changes a value.</summary>
    public async Task<Result<AttributeValueResponse>> UpdateAsync(string id, UpdateAttributeValueRequest request, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(id, cancellationToken) is not { Value: var value })
        {
            return NotFound;
        }

        var wasDefault = value.IsDefault;
        return Apply(value, request) is { } error ? error : await SaveAsync(value, value.IsDefault && !wasDefault, cancellationToken);
    }

    /// <summary>Deletes a value.</summary>
    /// <param name="id">The value.</param>
    /// <param name="force">Whether records that use it get the list's default instead; else a value in use is a conflict.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task<Result> DeleteAsync(string id, bool force, CancellationToken cancellationToken) =>
        context.WithDeadlockRetryAsync(() => TryDeleteAsync(id, force, cancellationToken), cancellationToken);

    private async Task<Result> TryDeleteAsync(string id, bool force, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(id, cancellationToken) is not { Value: var value, List: var list })
        {
            return NotFound;
        }

        if (value.IsDefault && value.Kind.NeedsDefault())
        {
            return Error.Invalid("The default of this attribute cannot be deleted: make another value the default first");
        }

        long usages = 0;
        foreach (var feature in references)
        {
            usages += await feature.CountAsync(value.Kind, value.Id, cancellationToken);
        }

        if (usages > 0 && !force)
        {
            return Error.Conflict("Attribute value is in use!") with { UsageCount = usages };
        }

        var now = time.Now();
        if (usages > 0)
        {
            var replacement = list.FirstOrDefault(candidate => candidate.IsDefault && candidate != value)?.Id;
            foreach (var feature in references)
            {
                await feature.ReplaceAsync(value.Kind, value.Id, replacement, now, cancellationToken);
            }
        }

        await context.AttributeValues.Where(candidate => candidate.Id == value.Id).SoftDeleteAsync(now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Result.Done;
    }

    /// <summary>Finds a value, and holds its whole list: who moves the default or deletes a value does so one after the other.</summary>
    private async Task<(AttributeValue Value, IReadOnlyList<AttributeValue> List)?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!WireFormat.TryParseId(id, out var valueId))
        {
            return null;
        }

        var kinds = context.AttributeValues.Where(value => value.Id == valueId).Select(value => value.Kind);
        var list = await LockAsync(context.AttributeValues.Where(value => kinds.Contains(value.Kind)), cancellationToken);
        return list.FirstOrDefault(value => value.Id == valueId) is { } found ? (found, list) : null;
    }

    private async Task<IReadOnlyList<AttributeValue>> LockAsync(IQueryable<AttributeValue> values, CancellationToken cancellationToken)
    {
        var batch = new QueryBatch(context);
        var locked = batch.Add(values.OrderBy(value => value.Id), RowLock.ForUpdate);
        await batch.RunAsync(cancellationToken);
        return locked;
    }

    /// <summary>Takes over what a request says; what it says wrongly is the error.</summary>
    private static Error? Apply(AttributeValue value, AttributeValueFields request)
    {
        if (request.IsClosed.Value == true && value.Kind != AttributeKind.TaskStatus)
        {
            return Error.Invalid([new FieldError("isClosed", "isClosed can only be true for task_status")]);
        }

        if (value.IsDefault && request.IsDefault is { IsSet: true, Value: false } && value.Kind.NeedsDefault())
        {
            return Error.Invalid([new FieldError("isDefault", "isDefault cannot be false: make another value the default instead")]);
        }

        value.Value = request.Value.IsSet ? request.Value.Value!.Trim() : value.Value;
        value.Icon = request.Icon.IsSet ? StringNormalization.TrimToNull(request.Icon.Value) : value.Icon;
        value.Color = request.Color.IsSet ? StringNormalization.TrimToNull(request.Color.Value) : value.Color;
        value.IsClosed = request.IsClosed.IsSet ? request.IsClosed.Value : value.IsClosed;
        value.IsDefault = request.IsDefault.Value ?? value.IsDefault;
        return null;
    }

    private async Task<Result<AttributeValueResponse>> SaveAsync(AttributeValue value, bool takesDefault, CancellationToken cancellationToken)
    {
        var transaction = context.Database.CurrentTransaction!;
        if (takesDefault)
        {
            var now = time.Now();
            await context.AttributeValues.Where(other => other.Kind == value.Kind && other.IsDefault && other.Id != value.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(other => other.IsDefault, false).SetProperty(other => other.UpdatedAt, now), cancellationToken);
        }

        try
        {
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return AttributeValueResponse.Of(value);
        }
        catch (DbUpdateException exception) when (exception.IsDuplicate(out var index) && index == AttributeValueConfiguration.UniqueValue)
        {
            await transaction.RollbackAsync(cancellationToken);
            return Error.Conflict("An attribute value with this name already exists!") with
            {
                ExistingId = WireFormat.IdOrNull(await context.AttributeValues.Where(twin => twin.Kind == value.Kind && twin.ValueKey == value.ValueKey && twin.Id != value.Id)
                    .Select(twin => (Ulid?)twin.Id).SingleOrDefaultAsync(cancellationToken)),
            };
        }
        catch (DbUpdateException exception) when (exception.IsDuplicate(out var index) && index == AttributeValueConfiguration.UniqueDefault)
        {
            // Only the first values of an empty list, made at once, get here: there was no row to wait for.
            return Error.Conflict("Another value has become the default meanwhile!");
        }
    }
}
