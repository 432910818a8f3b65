namespace Thena.Accounts.Core.Tasks;

/// <summary>Changes to a task: absent members stay as they are, <c>null</c> clears. Its account stays.</summary>
public sealed record UpdateTaskRequest : TaskFields;
