using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Attributes;

/// <summary>Manages the values of the organization's pick lists (contract: Attribute values).</summary>
public sealed class AttributeValueService(
    AccountsDbContext context, RecordReads reads, WriteTransaction write, IEnumerable<IAttributeUsage> usages, TimeProvider time)
{
    private static readonly Error NotFound = Error.NotFound("Resource not found!");

    /// <summary>Lists the values of a pick list, in order of creation.</summary>
    public async Task<IReadOnlyList<AttributeValueResponse>> ListAsync(
        ListAttributeValuesQuery query, CancellationToken cancellationToken) =>
        AttributeKinds.TryParse(query.Attribute, out var kind)
            ? await reads.From(AttributeValueResponse.Shape).WhereEqual("kind", kind.ToName())
                .ToListAsync(RecordOrder.Oldest, cancellationToken)
            : [];

    /// <summary>Creates a value.</summary>
    public async Task<Result<AttributeValueResponse>> CreateAsync(
        CreateAttributeValueRequest request, CancellationToken cancellationToken)
    {
        if (!AttributeKinds.TryParse(request.Attribute.Value, out var kind))
        {
            return Error.Invalid($"attribute must be one of {string.Join(", ", AttributeKinds.Names)}");
        }

        return await write.RunAsync<AttributeValue, AttributeValueResponse>(
            AttributeValueResponse.Shape,
            async () =>
            {
                await LockListAsync(context.AttributeValues.Where(value => value.Kind == kind), RowLock.Change, cancellationToken);
                var value = new AttributeValue { Kind = kind, Value = request.Value.Value!.Trim() };
                context.Add(value);
                return Apply(value, request) is { } error ? error : await TakeDefaultAsync(value, value.IsDefault, cancellationToken);
            },
            cancellationToken,
            AttributeValueConfiguration.UniqueValue,
            AttributeValueConfiguration.UniqueDefault);
    }

    /// <summary>Updates a value.</summary>
    public Task<Result<AttributeValueResponse>> UpdateAsync(
        Ulid id, UpdateAttributeValueRequest request, CancellationToken cancellationToken) =>
        write.RunAsync<AttributeValue, AttributeValueResponse>(
        AttributeValueResponse.Shape,
        async () =>
        {
            var list = await LockListAsync(ListOf(id), RowLock.Change, cancellationToken);
            if (list.FirstOrDefault(value => value.Id == id) is not { } value)
            {
                return NotFound;
            }

            var wasDefault = value.IsDefault;
            return Apply(value, request) is { } error
                ? error
                : await TakeDefaultAsync(value, value.IsDefault && !wasDefault, cancellationToken);
        },
        cancellationToken,
        AttributeValueConfiguration.UniqueValue,
        AttributeValueConfiguration.UniqueDefault);

    /// <summary>Deletes a value.</summary>
    /// <param name="id">The ID of the value.</param>
    /// <param name="force">
    /// Whether records that use the value get the list's default instead, or none if the list has no other default. If
    /// <see langword="false"/>, a value in use is a conflict (409).
    /// </param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public Task<Result> DeleteAsync(Ulid id, bool force, CancellationToken cancellationToken) => write.RunAsync(
        async () =>
        {
            var list = await LockListAsync(ListOf(id), RowLock.Delete, cancellationToken);
            if (list.FirstOrDefault(candidate => candidate.Id == id) is not { } value)
            {
                return NotFound;
            }

            if (value.IsDefault && value.Kind.NeedsDefault())
            {
                return Error.Invalid("The default of this attribute cannot be deleted: make another value the default first");
            }

            long count = 0;
            foreach (var usage in usages)
            {
                count += await usage.CountAsync(value.Kind, value.Id, cancellationToken);
            }

            if (count > 0 && !force)
            {
                return Error.Conflict("Attribute value is in use!") with { UsageCount = count };
            }

            var now = time.Now();
            if (count > 0)
            {
                var replacement = list.FirstOrDefault(candidate => candidate.IsDefault && candidate != value)?.Id;
                foreach (var usage in usages)
                {
                    await usage.ReplaceAsync(value.Kind, value.Id, replacement, now, cancellationToken);
                }
            }

            await write.SoftDeleteAsync(context.AttributeValues.Where(candidate => candidate.Id == value.Id), now, cancellationToken);
            return Result.Done;
        },
        cancellationToken);

    /// <summary>Selects all values of the list that a value belongs to.</summary>
    private IQueryable<AttributeValue> ListOf(Ulid id)
    {
        var kinds = context.AttributeValues.Where(value => value.Id == id).Select(value => value.Kind);
        return context.AttributeValues.Where(value => kinds.Contains(value.Kind));
    }

    /// <summary>
    /// Locks all values of a list, and then reads them. Changes of the default and deletions in one list thus run one after the other.
    /// </summary>
    private async Task<IReadOnlyList<AttributeValue>> LockListAsync(
        IQueryable<AttributeValue> list, RowLock rowLock, CancellationToken cancellationToken)
    {
        var batch = new QueryBatch(context);
        batch.Lock(list.OrderBy(value => value.Id), rowLock);
        var values = batch.Add(list.OrderBy(value => value.Id));
        await batch.RunAsync(cancellationToken);
        return values;
    }

    /// <summary>Applies a request to a value.</summary>
    /// <returns>The error that rejects the request, or <see langword="null"/>.</returns>
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

    /// <summary>Takes the default from the other values of the list, if the value becomes the default.</summary>
    private async Task<AttributeValue> TakeDefaultAsync(AttributeValue value, bool becomesDefault, CancellationToken cancellationToken)
    {
        if (becomesDefault)
        {
            var now = time.Now();
            await context.AttributeValues
                .Where(other => other.Kind == value.Kind && other.IsDefault && other.Id != value.Id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(other => other.IsDefault, false).SetVersion(now), cancellationToken);
        }

        return value;
    }
}
