namespace Lwm2m.Cellular;

/// <summary>A port of the transports: who counts what they carry. Called under the client's gate, on the runner's thread.</summary>
public interface ITrafficListener
{
    /// <summary>A message left the device. A short message in several parts is told once for each part.</summary>
    /// <param name="binding">The transport's letter: <c>U</c>, <c>T</c>, <c>S</c> or <c>N</c>.</param>
    /// <param name="bytes">Length of the CoAP message, or of the user data of a short message.</param>
    void Sent(char binding, int bytes);

    /// <summary>A message came in.</summary>
    /// <param name="binding">As for <see cref="Sent"/>.</param>
    /// <param name="bytes">As for <see cref="Sent"/>.</param>
    void Received(char binding, int bytes);
}
