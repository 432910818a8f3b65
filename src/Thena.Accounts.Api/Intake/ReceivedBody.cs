namespace Thena.Accounts.Api.Intake;

/// <summary>The JSON body of a request, in memory. <see cref="BodyIntake"/> leaves it in the features of the request.</summary>
/// <param name="bytes">The body.</param>
/// <param name="room">The room that it occupies.</param>
internal sealed class ReceivedBody(ReadOnlyMemory<byte> bytes, ByteBudget.Share room) : IDisposable
{
    /// <summary>The body. Empty once it has been disposed.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; } = bytes;

    /// <summary>Frees the memory and its room. Whoever reads the body does it, so that neither lasts as long as the request.</summary>
    public void Dispose()
    {
        Bytes = default;
        room.Dispose();
    }
}
