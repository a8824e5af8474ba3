using System.Net;
using System.Net.Sockets;

namespace Lwm2m.NanoGate.Report.Scenarios;

/// <summary>The far end: a UDP socket on the loopback interface.</summary>
internal sealed class Server : IDisposable
{
    private const int TimeoutMicroseconds = 2_000_000;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] _buffer = new byte[2048];
    private EndPoint _sender = new IPEndPoint(IPAddress.Loopback, 0);

    public Server()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
    }

    public int Port { get; }

    /// <summary>Where the last message came from.</summary>
    public EndPoint Sender => _sender;

    public void Send(byte[] datagram, EndPoint to) => _socket.SendTo(datagram, to);

    /// <summary>The next message; null when none comes.</summary>
    public byte[]? Receive(bool wait = true)
    {
        if (!_socket.Poll(wait ? TimeoutMicroseconds : 0, SelectMode.SelectRead))
            return null;
        _sender = new IPEndPoint(IPAddress.Loopback, 0);
        int count = _socket.ReceiveFrom(_buffer, ref _sender);
        return _buffer[..count];
    }

    public void Dispose() => _socket.Dispose();
}
