using System.Globalization;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.OpenApi;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>Reads what the validators ask, so that the document cannot say anything else.</summary>
internal static class RuleFacts
{
    private const string AnyTextPattern = @"^[^\u0000]*$";

    /// <summary>What the validator of a request type asks of each member, by its JSON name.</summary>
    public static IReadOnlyDictionary<string, SchemaFacts> Read(Type request, IServiceProvider services)
    {
        Dictionary<string, SchemaFacts> facts = new(StringComparer.Ordinal);
        if (services.GetService(typeof(IValidator<>).MakeGenericType(request)) is not IValidator validator)
        {
            return facts;
        }

        foreach (var rule in validator.CreateDescriptor().Rules.Where(rule => rule.PropertyName is not null))
        {
            var member = facts.TryGetValue(rule.PropertyName, out var known) ? known : facts[rule.PropertyName] = new SchemaFacts();
            var target = IsOfItems(rule) ? member.Items ??= new SchemaFacts() : member;
            foreach (var component in rule.Components.Where(component => !component.HasCondition))
            {
                Add(target, component.Validator);
            }
        }

        return facts;
    }

    /// <summary>Writes the facts of a member into its schema.</summary>
    public static void Apply(this SchemaFacts facts, OpenApiSchema schema)
    {
        schema.MinLength = facts.MinLength ?? schema.MinLength;
        schema.MaxLength = facts.MaxLength ?? schema.MaxLength;
        schema.Pattern = facts.Pattern ?? schema.Pattern;
        schema.Minimum = facts.Minimum?.ToString(CultureInfo.InvariantCulture) ?? schema.Minimum;
        schema.Maximum = facts.Maximum?.ToString(CultureInfo.InvariantCulture) ?? schema.Maximum;
        schema.ExclusiveMaximum = facts.Below?.ToString(CultureInfo.InvariantCulture) ?? schema.ExclusiveMaximum;
        schema.MinItems = facts.MinItems ?? schema.MinItems;
        schema.MaxItems = facts.MaxItems ?? schema.MaxItems;
        if (facts.Items is { } items && schema.Items is OpenApiSchema item)
        {
            items.Apply(item);
        }

        if (facts.Values is { } values)
        {
            (schema.MinLength, schema.Pattern) = (null, null);
            schema.Enum = [.. values.Select(value => System.Text.Json.Nodes.JsonValue.Create(value))];
        }
    }

    /// <summary>The pattern of a text: its own, or that of any text, which never contains U+0000. Null for other types.</summary>
    public static string? PatternOf(OpenApiSchema schema) =>
        schema.Type?.HasFlag(JsonSchemaType.String) == true && schema is { Format: null, Enum: not { Count: > 0 } }
            ? schema.Pattern ?? AnyTextPattern
            : schema.Pattern;

    private static bool IsOfItems(IValidationRule rule) =>
        Array.Exists(
            rule.GetType().GetInterfaces(), type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ICollectionRule<,>));

    private static void Add(SchemaFacts facts, IPropertyValidator validator)
    {
        switch (validator)
        {
            case IDescribesMember rule:
                rule.Describe(facts);
                break;
            case IBetweenValidator between:
                facts.Minimum = Convert.ToDecimal(between.From, CultureInfo.InvariantCulture);
                facts.Maximum = Convert.ToDecimal(between.To, CultureInfo.InvariantCulture);
                break;
            case IComparisonValidator { Comparison: Comparison.GreaterThanOrEqual } comparison:
                facts.Minimum = Convert.ToDecimal(comparison.ValueToCompare, CultureInfo.InvariantCulture);
                break;
        }
    }
}
