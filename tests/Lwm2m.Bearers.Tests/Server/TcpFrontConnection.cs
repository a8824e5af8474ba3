using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using Lwm2m.Coap;

namespace Lwm2m.Bearers.Tests;

/// <summary>One connection of a <see cref="TcpFront"/>.</summary>
internal sealed class TcpFrontConnection : ICoapStreamOutput, ICoapStreamHandler, IDisposable
{
    private readonly Socket _socket;
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly CoapStream _coap;
    private readonly FrontLink _link;
    private readonly object _gate = new();
    private Stream? _stream;

    public TcpFrontConnection(Socket socket, IPEndPoint server, SslServerAuthenticationOptions? tls)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _tls = tls;
        // What the server on UDP takes in one message.
        _coap = new CoapStream(CoapStream.BaseMaxMessageBytes, this, this);
        _link = new FrontLink(server, isReliable: true, message => _coap.Send(message, 0, message.Length), _gate);
        new Thread(Receive) { IsBackground = true }.Start();
    }

    public void Dispose()
    {
        _socket.Dispose();
        _link.Dispose();
    }

    bool ICoapStreamOutput.Write(byte[] buffer, int offset, int count)
    {
        try
        {
            _stream!.Write(buffer, offset, count);
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException)
        {
            // The reader sees it too.
        }

        return true;
    }

    void ICoapStreamHandler.OnMessage(byte[] buffer, int offset, int count, long nowMs) => _link.Take(buffer.AsSpan(offset, count).ToArray());

    void ICoapStreamHandler.OnTooLarge(byte[] buffer, int offset, int count, long nowMs)
    {
    }

    void ICoapStreamHandler.OnSettings(long nowMs)
    {
    }

    void ICoapStreamHandler.OnRelease(int holdOffSeconds, long nowMs)
    {
    }

    void ICoapStreamHandler.OnFailed(CoapStreamFailure reason, long nowMs) => _socket.Dispose();

    private void Receive()
    {
        byte[] buffer = new byte[4096];
        try
        {
            _stream = new NetworkStream(_socket);
            if (_tls != null)
            {
                var secured = new SslStream(_stream);
                secured.AuthenticateAsServer(_tls);
                _stream = secured;
            }

            lock (_gate)
            {
                _coap.Start(0);
            }

            while (true)
            {
                int count = _stream.Read(buffer, 0, buffer.Length);
                if (count == 0)
                    break;
                lock (_gate)
                {
                    _coap.Received(buffer, 0, count, 0);
                }
            }
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException or SocketException or AuthenticationException)
        {
            // The client is gone, or does not trust us.
        }

        Dispose();
    }
}
