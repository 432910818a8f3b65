using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Attributes;

/// <summary>Manages the values of the organization's pick lists (contract: Attribute values).</summary>
public sealed class AttributeValueService(Records records, Writes writes, IEnumerable<AttributeUse> uses)
{
    private static readonly Error NotFound = Error.NotFound("Resource not found!");

    /// <summary>Lists the values of a pick list, in order of creation.</summary>
    public async Task<IReadOnlyList<AttributeValueResponse>> ListAsync(
        ListAttributeValuesQuery query, CancellationToken cancellationToken) =>
        AttributeKinds.TryParse(query.Attribute, out var kind)
            ? await records.ToListAsync(
                records.Of<AttributeValue>().Where(nameof(AttributeValue.Kind), kind.ToName()),
                (value, _) => AttributeValueResponse.From(value),
                RecordOrder.Oldest,
                cancellationToken)
            : [];

    /// <summary>Creates a value.</summary>
    public async Task<Result<AttributeValueResponse>> CreateAsync(
        CreateAttributeValueRequest request, CancellationToken cancellationToken)
    {
        if (!AttributeKinds.TryParse(request.Attribute.Value, out var kind))
        {
            return Error.Invalid($"attribute must be one of {string.Join(", ", AttributeKinds.Names)}");
        }

        return await writes.RunAsync<AttributeValueResponse>(
            async unit =>
            {
                var list = unit.LockThenRead(
                    unit.Of<AttributeValue>().Where(nameof(AttributeValue.Kind), kind.ToName()), RowLock.Change);
                await unit.SendAsync();
                var value = unit.Stamp.New(new AttributeValue { Kind = kind, Value = request.Value.Value!.Trim() });
                if (Apply(value, request) is { } refusal)
                {
                    return refusal;
                }

                TakeDefault(unit, list, value);
                unit.Insert(value);
                return AttributeValueResponse.From(value);
            },
            cancellationToken,
            AttributeValueConfiguration.UniqueValue,
            AttributeValueConfiguration.UniqueDefault);
    }

    /// <summary>Updates a value.</summary>
    public Task<Result<AttributeValueResponse>> UpdateAsync(
        Ulid id, UpdateAttributeValueRequest request, CancellationToken cancellationToken) =>
        writes.RunAsync<AttributeValueResponse>(
            async unit =>
            {
                var list = unit.LockThenRead(ListOf(unit, id), RowLock.Change);
                await unit.SendAsync();
                if (list.FirstOrDefault(value => value.Id == id) is not { } value)
                {
                    return NotFound;
                }

                if ((Apply(value, request) ?? unit.Check(value)) is { } refusal)
                {
                    return refusal;
                }

                TakeDefault(unit, list, value);
                unit.Update(value);
                return AttributeValueResponse.From(value);
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
    public Task<Result> DeleteAsync(Ulid id, bool force, CancellationToken cancellationToken) => writes.RunAsync(
        async unit =>
        {
            var list = unit.LockThenRead(ListOf(unit, id), RowLock.Delete);
            await unit.SendAsync();
            if (list.FirstOrDefault(candidate => candidate.Id == id) is not { } value)
            {
                return NotFound;
            }

            if (value.IsDefault && value.Kind.NeedsDefault())
            {
                return Error.Invalid("The default of this attribute cannot be deleted: make another value the default first");
            }

            AttributeUse[] users = [.. uses.Where(use => use.Kind == value.Kind)];
            var counts = Array.ConvertAll(users, use => use.Count(unit, value.Id));
            await unit.SendAsync();
            var count = counts.Sum(number => number[0]);
            if (count > 0 && !force)
            {
                return Error.Conflict("Attribute value is in use!") with { UsageCount = count };
            }

            if (unit.Check(value) is { } conflict)
            {
                return conflict;
            }

            var replacement = list.FirstOrDefault(candidate => candidate.IsDefault && candidate != value)?.Id;
            if (count > 0)
            {
                LockedSet[] sets = [.. users.Select(use => use.Lock(unit, value.Id, replacement))];
                await unit.SendAsync();
                foreach (var set in sets)
                {
                    await set.ChangeAsync();
                }
            }

            unit.Delete(value);
            return Result.Done;
        },
        cancellationToken);

    /// <summary>Selects all values of the list that a value belongs to.</summary>
    private static Query<AttributeValue> ListOf(Unit unit, Ulid id) => unit.Of<AttributeValue>().Where(
        $"r.kind in (select kind from attribute_values where organization_id = $1 and id = {id} and deleted_at is null)");

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

    /// <summary>Takes the default from the other value of the list, if a value is the default.</summary>
    private static void TakeDefault(Unit unit, IReadOnlyList<AttributeValue> list, AttributeValue value)
    {
        if (value.IsDefault && list.FirstOrDefault(other => other.IsDefault && other != value) is { } before)
        {
            before.IsDefault = false;
            unit.Update(before);
        }
    }
}
