namespace Thena.Accounts.Moving.Copying;

/// <summary>A user elsewhere.</summary>
/// <param name="Email">The email address, by which the user is found here; empty if it is not known.</param>
/// <param name="Name">The name; empty if it is not known.</param>
/// <param name="AvatarUrl">The URL of the avatar; empty if it is not known.</param>
internal sealed record CopiedUser(string Email, string Name, string AvatarUrl);
