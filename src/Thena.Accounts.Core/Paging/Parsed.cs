namespace Thena.Accounts.Core.Paging;

/// <summary>A value read from text. A class, so that queries take it as a parameter.</summary>
internal sealed record Parsed<T>(T Value);
