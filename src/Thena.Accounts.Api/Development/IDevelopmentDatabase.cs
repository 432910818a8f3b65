namespace Thena.Accounts.Api.Development;

/// <summary>A database for development, which the server starts when none is configured. Programs for production have none.</summary>
internal interface IDevelopmentDatabase
{
    /// <summary>The folder of the database, or null if it has not been started.</summary>
    string? Directory { get; }

    /// <summary>Starts or joins the database, and returns its connection string.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The database cannot be started.</exception>
    Task<string> StartAsync(CancellationToken cancellationToken);
}
