using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Lwm2m.Bearers.Tests;

/// <summary>A UDP port in front of a server that takes the session of <see cref="WrappedSessions"/> off.</summary>
internal sealed class UdpFront : IDisposable
{
    private readonly IPEndPoint _server;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Dictionary<EndPoint, FrontLink> _links = [];

    public UdpFront(IPEndPoint server)
    {
        _server = server;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        new Thread(Receive) { IsBackground = true }.Start();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public void Dispose()
    {
        _socket.Dispose();
        lock (_links)
        {
            foreach (FrontLink link in _links.Values)
                link.Dispose();
        }
    }

    private void Receive()
    {
        byte[] buffer = new byte[65536];
        try
        {
            while (true)
            {
                EndPoint from = new IPEndPoint(IPAddress.Any, 0);
                int count = _socket.ReceiveFrom(buffer, ref from);
                FrontLink? link;
                lock (_links)
                {
                    if (!_links.TryGetValue(from, out link))
                        _links[from] = link = new FrontLink(_server, isReliable: false, message => _socket.SendTo(message, from));
                }

                link.Take(buffer.AsSpan(0, count).ToArray());
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }
}
