using System.Text.Json;

namespace Thena.Accounts.Browser.Tests;

/// <summary>An operation of the OpenAPI document.</summary>
/// <param name="Method">The HTTP method, such as <c>POST</c>.</param>
/// <param name="Path">The path.</param>
/// <param name="Id">The ID of the operation.</param>
/// <param name="Group">The group that contains the operation.</param>
/// <param name="HasExample">Whether the path can be filled in from examples. IDs that each database has its own of have none.</param>
internal sealed record Operation(string Method, string Path, string Id, string Group, bool HasExample)
{
    /// <summary>Lists all operations, in the order of the document.</summary>
    public static async Task<IReadOnlyList<Operation>> ListAsync(AccountsServer server)
    {
        var document = (await server.CreateClient().Get("/openapi/v1.json")).Expect(200);
        return
        [
            .. from path in document["paths"].EnumerateObject()
               from operation in path.Value.EnumerateObject()
               let said = operation.Value
               select new Operation(
                   operation.Name.ToUpperInvariant(),
                   path.Name,
                   said.Text("operationId"),
                   said.Text("x-section"),
                   ParametersOf(said).Where(parameter => parameter.TryGetProperty("in", out var place) && place.ValueEquals("path"))
                       .All(parameter => parameter.TryGetProperty("example", out _))),
        ];
    }

    private static IEnumerable<JsonElement> ParametersOf(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [];

    public override string ToString() => $"{Method} {Path}";
}
