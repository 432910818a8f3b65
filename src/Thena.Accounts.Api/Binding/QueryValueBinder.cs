using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Thena.Accounts.Api.Binding;

/// <summary>
/// Reads numbers, booleans and instants in query strings: <c>2</c> or <c>2.0</c>, <c>true</c> or <c>false</c> in any case, ISO 8601.
/// </summary>
internal sealed class QueryValueBinder(Func<string, object?> parse, string problem) : IModelBinder
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>Binds <c>long?</c>. A number outside its range becomes the largest or smallest value.</summary>
    public static QueryValueBinder Number { get; } = new(
        text => decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var number)
            ? decimal.IsInteger(number) ? (long)Math.Clamp(number, -long.MaxValue, long.MaxValue) : null
            : double.TryParse(text, Plain, CultureInfo.InvariantCulture, out var huge) && text.All(character => !char.IsLetter(character))
                ? Math.Sign(huge) * long.MaxValue
                : null,
        "must be a whole number");

    /// <summary>Binds <c>bool?</c>.</summary>
    public static QueryValueBinder Boolean { get; } = new(
        text => text.ToUpperInvariant() switch { "TRUE" => true, "FALSE" => false, _ => null },
        "must be true or false");

    /// <summary>Binds <c>DateTimeOffset?</c>. A plus sign in a query string is read as a blank, and instants have none.</summary>
    public static QueryValueBinder Instant { get; } = new(
        text => Core.Time.Instant.TryParse(text.Replace(' ', '+'), out var instant) ? instant : null,
        "must be an ISO 8601 instant such as 2023-12-07T10:30:00.000Z");

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var given = bindingContext.ValueProvider.GetValue(bindingContext.ModelName);
        if (given == ValueProviderResult.None)
        {
            return Task.CompletedTask;
        }

        bindingContext.ModelState.SetModelValue(bindingContext.ModelName, given);
        if (parse(given.FirstValue ?? "") is { } value)
        {
            bindingContext.Result = ModelBindingResult.Success(value);
        }
        else
        {
            var name = bindingContext.ModelName.Length > 0
                ? char.ToLowerInvariant(bindingContext.ModelName[0]) + bindingContext.ModelName[1..]
                : "";
            bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, $"{name} {problem}");
        }

        return Task.CompletedTask;
    }
}
