using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>The way from the network to a server, for one device: datagrams there, and by the callback of <see cref="ServerLinkFactory"/> back.</summary>
public interface IServerLink : IDisposable
{
    /// <summary>Sends a message to the server.</summary>
    /// <param name="datagram">A whole CoAP message.</param>
    void Send(byte[] datagram);
}
