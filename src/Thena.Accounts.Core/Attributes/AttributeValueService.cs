using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Common;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Attributes;

/// <summary>The organization's pick lists (contract: Attribute values).</summary>
public sealed class AttributeValueService(AccountsDbContext context, IEnumerable<IAttributeReferences> references, TimeProvider time)
{
    private const int DefaultAttempts = 5;

    private static readonly Error NotFound = Error.NotFound("Resource not found!");

    /// <summary>The values of a list, in order of creation.</summary>
    public async Task<IReadOnlyList<AttributeValueResponse>> ListAsync(ListAttributeValuesQuery query, CancellationToken cancellationToken) =>
        AttributeKinds.TryParse(query.Attribute, out var kind)
            ? await context.AttributeValues.Where(value => value.Kind == kind).OrderBy(value => value.Id)
                .Select(AttributeValueResponse.Projection).ToListAsync(cancellationToken)
            : [];

    /// <summary>Adds a value to a list.</summary>
    public Task<Result<AttributeValueResponse>> CreateAsync(CreateAttributeValueRequest request, CancellationToken cancellationToken) =>
        RetryWhenDefaultMovedAsync(async () =>
        {
            if (!AttributeKinds.TryParse(request.Attribute.Value, out var kind))
            {
                return Error.Invalid($"attribute must be one of {string.Join(", ", AttributeKinds.Names)}");
            }

            var value = new AttributeValue { Kind = kind, Value = "" };
            if (Apply(value, request) is { } error)
            {
                return error;
            }

            context.Add(value);
            return await SaveAsync(value, value.IsDefault, cancellationToken);
        });

    /// <summary>Changes a value.</summary>
    public Task<Result<AttributeValueResponse>> UpdateAsync(string id, UpdateAttributeValueRequest request, CancellationToken cancellationToken) =>
        RetryWhenDefaultMovedAsync(async () =>
        {
            var value = Wire.TryParseId(id, out var valueId)
                ? await context.AttributeValues.AsTracking().SingleOrDefaultAsync(candidate => candidate.Id == valueId, cancellationToken)
                : null;
            if (value is null)
            {
                return NotFound;
            }

            var wasDefault = value.IsDefault;
            return Apply(value, request) is { } error ? error : await SaveAsync(value, value.IsDefault && !wasDefault, cancellationToken);
        });

    /// <summary>Deletes a value.</summary>
    /// <param name="id">The value.</param>
    /// <param name="force">Whether records that use it get the list's default instead; else a value in use is a conflict.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result> DeleteAsync(string id, bool force, CancellationToken cancellationToken)
    {
        if (!Wire.TryParseId(id, out var valueId))
        {
            return NotFound;
        }

        var now = time.Now();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var batch = new QueryBatch(context);
        var values = batch.Add(context.AttributeValues.Where(value => value.Id == valueId), RowLock.ForUpdate);
        await batch.RunAsync(cancellationToken);
        if (values is not [var value])
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
            usages += await feature.CountAsync(value.Kind, valueId, cancellationToken);
        }

        if (usages > 0 && !force)
        {
            return Error.Conflict("Attribute value is in use!") with { UsageCount = usages };
        }

        if (usages > 0)
        {
            var replacement = await context.AttributeValues
                .Where(candidate => candidate.Kind == value.Kind && candidate.IsDefault && candidate.Id != valueId)
                .Select(candidate => (Ulid?)candidate.Id).SingleOrDefaultAsync(cancellationToken);
            foreach (var feature in references)
            {
                await feature.ReplaceAsync(value.Kind, valueId, replacement, now, cancellationToken);
            }
        }

        await context.AttributeValues.Where(candidate => candidate.Id == valueId)
            .ExecuteUpdateAsync(set => set.SetProperty(candidate => candidate.DeletedAt, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Result.Done;
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
        value.Icon = request.Icon.IsSet ? Texts.TrimToNull(request.Icon.Value) : value.Icon;
        value.Color = request.Color.IsSet ? Texts.TrimToNull(request.Color.Value) : value.Color;
        value.IsClosed = request.IsClosed.IsSet ? request.IsClosed.Value : value.IsClosed;
        value.IsDefault = request.IsDefault.Value ?? value.IsDefault;
        return null;
    }

    private async Task<Result<AttributeValueResponse>> SaveAsync(AttributeValue value, bool takesDefault, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
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
                ExistingId = Wire.IdOrNull(await context.AttributeValues.Where(twin => twin.Kind == value.Kind && twin.ValueKey == value.ValueKey && twin.Id != value.Id)
                    .Select(twin => (Ulid?)twin.Id).SingleOrDefaultAsync(cancellationToken)),
            };
        }
    }

    /// <summary>Two requests that make different values the default at once: the index lets one through, the other takes it over on its next try.</summary>
    private async Task<Result<AttributeValueResponse>> RetryWhenDefaultMovedAsync(Func<Task<Result<AttributeValueResponse>>> attempt)
    {
        for (var count = 1; ; count++)
        {
            try
            {
                return await attempt();
            }
            catch (DbUpdateException exception) when (
                exception.IsDuplicate(out var index) && index == AttributeValueConfiguration.UniqueDefault && count < DefaultAttempts)
            {
                context.ChangeTracker.Clear();
            }
        }
    }
}
