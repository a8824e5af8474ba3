using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading;

namespace Lwm2m.Bearers.Tests;

/// <summary>A TCP or TLS port (RFC 8323) in front of a server on UDP that takes the session of <see cref="WrappedSessions"/> off.</summary>
internal sealed class TcpFront : IDisposable
{
    private readonly IPEndPoint _server;
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpFrontConnection> _connections = [];

    public TcpFront(IPEndPoint server, SslServerAuthenticationOptions? tls = null)
    {
        _server = server;
        _tls = tls;
        _listener.Start();
        EndPoint = (IPEndPoint)_listener.LocalEndpoint;
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public IPEndPoint EndPoint { get; }

    public void Dispose()
    {
        _listener.Dispose();
        lock (_connections)
        {
            foreach (TcpFrontConnection connection in _connections)
                connection.Dispose();
        }
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                Socket socket = _listener.AcceptSocket();
                lock (_connections)
                {
                    _connections.Add(new TcpFrontConnection(socket, _server, _tls));
                }
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The end of the test.
        }
    }
}
