namespace Thena.Accounts.Moving.Rows;

/// <summary>A row of a file: a record to create.</summary>
/// <param name="Line">The number of the line in which it starts, from 1.</param>
public sealed record FileRow(long Line)
{
    /// <summary>The body of the request that creates the record, as JSON; empty if the row cannot be read.</summary>
    public byte[] Request { get; init; } = [];

    /// <summary>Why the row cannot be read, or <see langword="null"/>.</summary>
    public string? Problem { get; init; }

    /// <summary>The cells as they were read, if the file has columns.</summary>
    public IReadOnlyList<string> Cells { get; init; } = [];

    /// <summary>The domains of the accounts that a contact belongs to, as they were read.</summary>
    public IReadOnlyList<string> AccountDomains { get; init; } = [];
}
