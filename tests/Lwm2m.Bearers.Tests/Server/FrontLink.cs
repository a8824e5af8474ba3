using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Lwm2m.Transport;
using Lwm2m.Transport.Contract;

namespace Lwm2m.Bearers.Tests;

/// <summary>
/// One client on its way to a server on UDP: takes the session off, and where the client's bearer is reliable, makes datagrams of its messages
/// that the server does not take for one another, and acknowledges those of the server. Each client has a port of its own.
/// </summary>
internal sealed class FrontLink : ISessionLink, IDisposable
{
    private readonly Socket _socket;
    private readonly Action<byte[]> _transmit;
    private readonly TestSession _session = new(isClient: false);
    private readonly bool _isReliable;
    private readonly object _gate;
    private int _messageId;

    public FrontLink(IPEndPoint server, bool isReliable, Action<byte[]> transmit, object? gate = null)
    {
        _gate = gate ?? new object();
        _transmit = transmit;
        _isReliable = isReliable;
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _socket.Connect(server);
        _session.Begin(this, 0);
        new Thread(Receive) { IsBackground = true }.Start();
    }

    public int MaxBytes => int.MaxValue;

    /// <summary>A message of the client's.</summary>
    public void Take(byte[] message)
    {
        lock (_gate)
        {
            _session.Received(message, 0, message.Length, 0);
        }
    }

    public bool Transmit(byte[] buffer, int offset, int count)
    {
        _transmit(buffer.AsSpan(offset, count).ToArray());
        return true;
    }

    public void Deliver(byte[] buffer, int offset, int count) => ToServer(buffer.AsSpan(offset, count).ToArray());

    public void Ready()
    {
    }

    public void Failed(LinkFailure reason)
    {
    }

    public void Dispose() => _socket.Dispose();

    private void ToServer(byte[] message)
    {
        if (_isReliable)
        {
            _messageId++;
            message[2] = (byte)(_messageId >> 8);
            message[3] = (byte)_messageId;
        }

        _socket.Send(message);
    }

    private void Receive()
    {
        byte[] buffer = new byte[65536];
        try
        {
            while (true)
            {
                int count = _socket.Receive(buffer);
                if (count < 4)
                    continue;
                lock (_gate)
                {
                    FromServer(buffer.AsSpan(0, count).ToArray());
                }
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The client is gone, or the server is.
        }
    }

    private void FromServer(byte[] message)
    {
        if (_isReliable)
        {
            if ((message[0] >> 4 & 3) == 0)
                _socket.Send([0x60, 0, message[2], message[3]]);
            if (message[1] == 0)
                return;
            // NON, without an id.
            message[0] = (byte)(message[0] & 0xCF | 0x10);
            message[2] = message[3] = 0;
        }

        _session.Send(message, 0, message.Length);
    }
}
