using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Core.Json;

/// <summary>
/// Reads request bodies. A body whose types are right is read in one pass. A body with wrong types is read again, so that every wrong
/// member is reported. Wrong members are removed and the rest is read, so that the validators can report further problems.
/// </summary>
public static class RequestJson
{
    /// <summary>Reads a request body.</summary>
    /// <param name="utf8">The whole body.</param>
    /// <param name="type">The type of the request.</param>
    /// <param name="problems">The problems of the members. The field is empty for a problem of the whole body.</param>
    /// <returns>The request, as far as it could be read; <see langword="null"/> if nothing could be read.</returns>
    public static object? Read(ReadOnlyMemory<byte> utf8, Type type, out IReadOnlyList<FieldError> problems)
    {
        problems = [];
        var typeInfo = WireJson.Options.GetTypeInfo(type);
        if (!Utf8.IsValid(utf8.Span))
        {
            problems = [new FieldError("", "Request body is not valid UTF-8")];
            return null;
        }

        utf8 = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        try
        {
            return ReadFast(utf8.Span, typeInfo) ?? ReadByMember(utf8.Span, typeInfo, out problems);
        }
        catch (JsonException exception)
        {
            problems = [new FieldError("", Describe(exception))];
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The name of a member contains half of a surrogate pair, so it is not valid text.
            problems = [new FieldError("", "Request body contains a name that is not valid Unicode")];
            return null;
        }
    }

    /// <summary>Reads a body whose types are right.</summary>
    /// <returns>The request; <see langword="null"/> if the body must be read member by member.</returns>
    private static object? ReadFast(ReadOnlySpan<byte> utf8, JsonTypeInfo typeInfo)
    {
        // U+0000 and halves of surrogate pairs are rare and always escaped. A body that may contain one is read member by member.
        if (utf8.IndexOf("\\u0000"u8) >= 0 || utf8.IndexOf("\\uD"u8) >= 0 || utf8.IndexOf("\\ud"u8) >= 0)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(utf8, typeInfo);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static object? ReadByMember(ReadOnlySpan<byte> utf8, JsonTypeInfo typeInfo, out IReadOnlyList<FieldError> problems)
    {
        var comparison = new Comparison();

        // Throws on invalid JSON, duplicate members and too many levels.
        var node = comparison.Prune(JsonNode.Parse(utf8, documentOptions: WireJson.DocumentOptions), typeInfo, "");
        problems = comparison.Problems;
        return node?.Deserialize(typeInfo);
    }

    private static string Describe(JsonException exception) => exception.Message switch
    {
        var message when message.Contains(
            "maximum configured depth", StringComparison.Ordinal) => $"Request body is nested deeper than {WireJson.MaxDepth} levels",
        var message when message.Contains("uplicate", StringComparison.Ordinal) => "Request body contains a member twice",
        _ => "Request body is not valid JSON",
    };

    /// <summary>Compares a body with the type that it should have.</summary>
    private sealed class Comparison
    {
        /// <summary>The largest number of problems to report: enough for a large bulk request, and more than anyone reads.</summary>
        private const int MaxProblems = 20_000;

        public List<FieldError> Problems { get; } = [];

        public JsonNode? Prune(JsonNode? node, JsonTypeInfo info, string path)
        {
            switch (info.Kind, node)
            {
                case (_, null) when path.Length > 0:
                    return null;
                case (JsonTypeInfoKind.Object, JsonObject members):
                    return PruneMembers(members, info, path);
                case (JsonTypeInfoKind.Enumerable, JsonArray { Count: > WireJson.MaxItems }):
                    Report(path, $"must not have more than {WireJson.MaxItems} items");
                    return null;
                case (JsonTypeInfoKind.Enumerable, JsonArray items):
                    var item = WireJson.Options.GetTypeInfo(info.ElementType!);
                    return new JsonArray(
                        [.. items.ToArray().Select((value, index) => Prune(Detach(items, value, index), item, $"{path}[{index}]"))]);
                case (JsonTypeInfoKind.None, _) when !IsText(node):
                    Report(path, "must not contain the character U+0000 or half of a surrogate pair");
                    return null;
                case (JsonTypeInfoKind.None, _) when Problems.Count < MaxProblems && IsReadable(node, info):
                    return node;
                default:
                    Report(path, $"must be {DescribeType(info)}");
                    return path.Length == 0 ? new JsonObject() : null;
            }
        }

        private void Report(string path, string problem)
        {
            if (Problems.Count < MaxProblems)
            {
                Problems.Add(new FieldError(path, $"{(path.Length == 0 ? "Request body" : path)} {problem}"));
            }
        }

        private JsonObject PruneMembers(JsonObject members, JsonTypeInfo info, string path)
        {
            var pruned = new JsonObject();
            foreach (var property in info.Properties)
            {
                if (members.TryGetPropertyValue(property.Name, out var value))
                {
                    members.Remove(property.Name);
                    var inner = WireJson.Options.GetTypeInfo(OptionalJsonConverterFactory.Unwrap(property.PropertyType));
                    var before = Problems.Count;
                    var kept = Prune(value, inner, path.Length == 0 ? property.Name : $"{path}.{property.Name}");
                    if (kept is not null || before == Problems.Count)
                    {
                        pruned[property.Name] = kept;
                    }
                }
            }

            return pruned;
        }

        private static JsonNode? Detach(JsonArray items, JsonNode? value, int index)
        {
            items[index] = null;
            return value;
        }

        private static bool IsReadable(JsonNode? node, JsonTypeInfo info)
        {
            try
            {
                node.Deserialize(info);
                return true;
            }
            catch (JsonException)
            {
                return false;
            }
        }

        /// <summary>Whether all strings inside can be stored: none contains U+0000 or half of a surrogate pair.</summary>
        private static bool IsText(JsonNode? node) => node switch
        {
            JsonObject members => members.All(member => IsKept(member.Key) && IsText(member.Value)),
            JsonArray items => items.All(IsText),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => IsTextValue(value),
            _ => true,
        };

        private static bool IsTextValue(JsonValue value)
        {
            try
            {
                return IsKept(value.GetValue<string>());
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }

        private static bool IsKept(string text) => !text.Contains('\0', StringComparison.Ordinal);

        private static string DescribeType(JsonTypeInfo info)
        {
            var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
            return info.Kind switch
            {
                JsonTypeInfoKind.Object => "an object",
                JsonTypeInfoKind.Enumerable => "an array",
                _ when type == typeof(string) => "a string",
                _ when type == typeof(int) => "a whole number",
                _ when type == typeof(decimal) => "a number",
                _ when type == typeof(bool) => "true or false",
                _ when type == typeof(DateTimeOffset) => "an ISO 8601 instant such as 2023-12-07T10:30:00.000Z",
                _ => "of another type",
            };
        }
    }
}
