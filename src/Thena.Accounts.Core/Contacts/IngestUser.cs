namespace Thena.Accounts.Core.Contacts;

/// <summary>A person that an application has seen. Without a first name the part of the address before the <c>@</c> is taken.</summary>
public sealed record IngestUser : ContactFields;
