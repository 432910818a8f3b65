namespace Thena.Accounts.Core.Activities;

/// <summary>Changes to an activity: absent members stay as they are, <c>null</c> clears. Its account stays.</summary>
public sealed record UpdateActivityRequest : ActivityFields;
