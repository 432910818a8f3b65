using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Thena.Accounts.Api.Settings;

/// <summary>A setting that the server knows.</summary>
/// <param name="Path">The name, such as <c>RateLimit:RequestsPerMinute</c>.</param>
/// <param name="Property">The property of the options that it sets.</param>
internal sealed record Setting(string Path, PropertyInfo Property)
{
    /// <summary>Whether the setting has parts with further names: numbers of a list, or keys.</summary>
    public bool HasParts => Property.PropertyType.IsGenericType && Nullable.GetUnderlyingType(Property.PropertyType) is null;

    /// <summary>Returns the settings of a section.</summary>
    public static IEnumerable<Setting> Of(SettingsSection section) => Of(section.Name, section.Options);

    /// <summary>Returns the name of a setting as an environment variable.</summary>
    public static string ToVariable(string path) => path.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Returns what is wrong with a value, or <see langword="null"/>.</summary>
    public string? Check(string text)
    {
        var type = Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;
        object? value;
        try
        {
            value = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or NotSupportedException)
        {
            return $"{ToVariable(Path)} must be {Describe(type)}, not \"{text}\".";
        }

        return Property.GetCustomAttributes<ValidationAttribute>().FirstOrDefault(rule => !rule.IsValid(value))
            ?.FormatErrorMessage(ToVariable(Path));
    }

    private static IEnumerable<Setting> Of(string prefix, Type type) => type.GetProperties().SelectMany(property =>
    {
        var path = prefix.Length == 0 ? property.Name : $"{prefix}:{property.Name}";
        return property.PropertyType switch
        {
            var own when typeof(Delegate).IsAssignableFrom(own) => [],
            { IsGenericType: true } => [new Setting(path, property)],
            var own when TypeDescriptor.GetConverter(own).CanConvertFrom(typeof(string)) =>
                property.SetMethod is { IsPublic: true } ? [new Setting(path, property)] : [],
            var own => Of(path, own),
        };
    });

    private static string Describe(Type type) => type switch
    {
        { IsEnum: true } => string.Join(" or ", Enum.GetNames(type)),
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) || type == typeof(float) => "a number",
        _ when type == typeof(TimeSpan) => "a duration such as 00:00:30",
        _ => $"a {type.Name}",
    };
}
