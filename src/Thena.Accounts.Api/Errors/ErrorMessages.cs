
namespace Thena.Accounts.Api.Errors;

/// <summary>The error messages of the contract that belong to a status, not to a resource.</summary>
internal static class ErrorMessages
{
    public const string Unauthenticated = "User is not authenticated!";
    public const string NoAccess = "User does not have access to this resource!";
    public const string Unavailable = "This service/resource is currently unavailable.";
    public const string TierTooLow = "This endpoint is only available for standard and enterprise tier organizations.";

    public static string For(int status, HttpRequest request) => status switch
    {
        StatusCodes.Status400BadRequest => "Request is not valid",
        StatusCodes.Status401Unauthorized => Unauthenticated,
        StatusCodes.Status403Forbidden => NoAccess,
        StatusCodes.Status404NotFound => $"Cannot {request.Method} {request.Path.Value}",
        StatusCodes.Status405MethodNotAllowed => "Method not allowed!",
        StatusCodes.Status408RequestTimeout => "Request took too long to arrive!",
        StatusCodes.Status413PayloadTooLarge => "Request body is too large!",
        StatusCodes.Status415UnsupportedMediaType => "Content-Type must be application/json!",
        StatusCodes.Status429TooManyRequests => "Too many requests!",
        StatusCodes.Status503ServiceUnavailable => Unavailable,
        _ => "Something went wrong!",
    };
}
