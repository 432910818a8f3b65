namespace Thena.Accounts.Api.Intake;

/// <summary>
/// A file that a client sends, and that the operation has not received yet. <see cref="BodyIntake"/> leaves it in the features of the
/// request.
/// </summary>
/// <param name="ReceiveAsync">Receives the whole file. Called once.</param>
internal sealed record PendingFile(Func<Task<ReceivedFile>> ReceiveAsync);
