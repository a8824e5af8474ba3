using System;
using System.Net;
using System.Net.Sockets;
using Lwm2m.Coap;
using Lwm2m.Transport.Contract;

namespace Lwm2m.Transport.Tests;

/// <summary>UDP over loopback, in real time.</summary>
internal sealed class UdpBench : ITransportBench
{
    private readonly UdpTransport _transport = new(1);
    private readonly Socket _peer = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
    private readonly byte[] _buffer = new byte[65536];
    private EndPoint _client = new IPEndPoint(IPAddress.Any, 0);

    public UdpBench()
    {
        _peer.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Uri = ServerUri.TryParse("coap://" + _peer.LocalEndPoint)!;
    }

    public ITransport Transport => _transport;

    public ServerUri Uri { get; }

    public long NowMs => Environment.TickCount64;

    public void Pass(PumpSet pumps) => pumps.Wait(5);

    public byte[]? Take()
    {
        if (_peer.Available == 0)
            return null;
        int count = _peer.ReceiveFrom(_buffer, ref _client);
        return _buffer.AsSpan(0, count).ToArray();
    }

    public void Send(byte[] message) => _peer.SendTo(message, _client);

    public bool Lose() => false;

    public bool Stall(bool isStalled) => false;

    public void Dispose()
    {
        _transport.Dispose();
        _peer.Dispose();
    }
}
