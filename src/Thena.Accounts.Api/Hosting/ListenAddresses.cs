using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Thena.Accounts.Api.Hosting;

/// <summary>The addresses that the server listens on: what can be wrong with them, in one sentence each.</summary>
internal static class ListenAddresses
{
    /// <summary>The option of the program.</summary>
    public const string Option = "--urls";

    /// <summary>Set by <c>dotnet run</c>, if it takes the addresses from <c>launchSettings.json</c>.</summary>
    private const string LaunchProfile = "DOTNET_LAUNCH_PROFILE";

    private const string Other = "http://localhost:8001";

    /// <summary>How to choose other addresses. <c>dotnet run</c> sets the variable itself.</summary>
    private static string Remedy => Environment.GetEnvironmentVariable(LaunchProfile) is { Length: > 0 }
        ? $"add \"-- {Option} {Other}\" to dotnet run"
        : $"add {Option} {Other}, or set ASPNETCORE_URLS";

    /// <summary>Checks the configured addresses.</summary>
    /// <exception cref="OptionsValidationException">One of them is not an address.</exception>
    public static void Check(IConfiguration configuration)
    {
        string[] addresses =
        [
            .. Split(configuration[WebHostDefaults.ServerUrlsKey]),
            .. Split(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"),
        ];
        if (Array.Find(addresses, address => !IsAddress(address)) is { } wrong)
        {
            throw new OptionsValidationException(
                "", typeof(string), [$"The server cannot listen on \"{wrong}\": {Option} and ASPNETCORE_URLS need an address such as {Other}."]);
        }
    }

    /// <summary>Returns why the server cannot listen, or <see langword="null"/> if an exception has another reason.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        IOException { InnerException: AddressInUseException } =>
            $"{exception.Message.TrimEnd('.')}. To use another one, {Remedy}.",
        SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable } =>
            $"The server cannot listen on its address: {exception.Message}. To use another one, {Remedy}.",
        InvalidOperationException when exception.Message.Contains("HTTPS", StringComparison.Ordinal) =>
            "The server has no certificate for https: let a proxy end TLS, or configure Kestrel__Certificates__Default__Path.",
        _ => null,
    };

    private static string[] Split(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static bool IsAddress(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);

            // A port that is no number is taken for a part of the host.
            return address.IsUnixPipe || address.IsNamedPipe
                || (address.Port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
                    && (address.Host.StartsWith('[') || !address.Host.Contains(':', StringComparison.Ordinal)));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
