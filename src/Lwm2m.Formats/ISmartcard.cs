namespace Lwm2m.Formats;

/// <summary>
/// A port: the smartcard (UICC) that may hold the client's first accounts, behind whatever reaches it: a modem's
/// <c>AT+CSIM</c> or <c>AT+CGLA</c>, or a card reader. It is asked by the runner's thread, at the start and before each Register and
/// Update, with some ten commands in a row; it need not keep anything between them.
/// </summary>
public interface ISmartcard
{
    /// <summary>Hands a command (APDU, ISO/IEC 7816-4) to the card and waits for its response.</summary>
    /// <param name="command">Holds the command from its first byte on: class, instruction, two parameters, data, expected length.</param>
    /// <param name="length">Length of the command in bytes.</param>
    /// <param name="response">Takes data and the two status bytes; it has room for the longest response, 258 bytes.</param>
    /// <returns>Length of the response, status bytes included; 0 when there is no card: what came from it is dropped; negative when the
    /// card cannot be asked now: everything stays as it is.</returns>
    int Transmit(byte[] command, int length, byte[] response);
}
