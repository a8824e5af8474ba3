using System.Net;
using System.Net.Sockets;

namespace Lwm2m.Transport;

/// <summary>The address that a connected socket sends from.</summary>
internal static class LocalAddress
{
    /// <summary>Whether the system would send to the peer from another address now: what the peer answers to the old one is lost.</summary>
    public static bool HasMoved(Socket socket)
    {
        try
        {
            using var probe = new Socket(socket.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(socket.RemoteEndPoint!);
            return !((IPEndPoint)probe.LocalEndPoint!).Address.Equals(((IPEndPoint)socket.LocalEndPoint!).Address);
        }
        catch (System.Exception problem) when (problem is SocketException or System.ObjectDisposedException)
        {
            // No way at all at present: when there is one again, this is asked again.
            return false;
        }
    }
}
