using System.Diagnostics.CodeAnalysis;

namespace Thena.Accounts.Core.Results;

/// <summary>The outcome of a use case that has nothing to give back: done, or an expected failure.</summary>
public readonly struct Result
{
    private Result(Error? error) => Error = error;

    /// <summary>It is done.</summary>
    public static Result Done => default;

    /// <summary>Why it is not done; <see langword="null"/> when it is.</summary>
    public Error? Error { get; }

    /// <summary>A failure.</summary>
    public static implicit operator Result(Error error) => new(error);
}

/// <summary>The outcome of a use case: a value or an expected failure.</summary>
/// <typeparam name="T">What success gives back.</typeparam>
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Error? error)
    {
        _value = value;
        Error = error;
    }

    /// <summary>Why there is no value; <see langword="null"/> on success.</summary>
    public Error? Error { get; }

    /// <summary>Splits the outcome in its two cases.</summary>
    /// <returns><see langword="true"/> with the value, <see langword="false"/> with the error.</returns>
    public bool TryGetValue([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Error? error)
    {
        value = _value;
        error = Error;
        return error is null;
    }

    /// <summary>Success.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Failure.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);
}
