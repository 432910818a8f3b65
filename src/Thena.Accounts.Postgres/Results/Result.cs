using System.Diagnostics.CodeAnalysis;

namespace Thena.Accounts.Postgres.Results;

/// <summary>The outcome of a use case that returns no value: success or an expected failure.</summary>
public readonly struct Result
{
    private Result(Error? error) => Error = error;

    /// <summary>The successful outcome.</summary>
    public static Result Done => default;

    /// <summary>The failure; <see langword="null"/> on success.</summary>
    public Error? Error { get; }

    /// <summary>Creates the outcome of a failure.</summary>
    public static implicit operator Result(Error error) => new(error);
}

/// <summary>The outcome of a use case: a value or an expected failure.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Error? error)
    {
        _value = value;
        Error = error;
    }

    /// <summary>The failure; <see langword="null"/> on success.</summary>
    public Error? Error { get; }

    /// <summary>Returns either the value or the error.</summary>
    /// <returns><see langword="true"/> with the value, <see langword="false"/> with the error.</returns>
    public bool TryGetValue([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Error? error)
    {
        value = _value;
        error = Error;
        return error is null;
    }

    /// <summary>Creates the outcome of a success.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Creates the outcome of a failure.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);
}
