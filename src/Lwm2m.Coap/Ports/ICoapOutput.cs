namespace Lwm2m.Coap;

/// <summary>Port: takes the datagrams that the endpoint wants to send.</summary>
public interface ICoapOutput
{
    /// <summary>
    /// Sends one datagram. The buffer belongs to the endpoint and is valid during the call only. Must not call back into the endpoint.
    /// </summary>
    /// <returns>False when it could not be sent; to the endpoint that is a lost datagram.</returns>
    bool Send(CoapPeer peer, byte[] buffer, int offset, int count);
}
