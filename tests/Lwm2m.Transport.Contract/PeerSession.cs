using System;
using System.Collections.Generic;

namespace Lwm2m.Transport.Contract;

/// <summary>The peer's end of a <see cref="TestSession"/>, between the bench and the test.</summary>
internal sealed class PeerSession : ISessionLink
{
    private readonly ITransportBench _bench;
    private readonly Queue<byte[]> _messages = new();
    private readonly TestSession _session = new(isClient: false);

    public PeerSession(ITransportBench bench)
    {
        _bench = bench;
        _session.Begin(this, 0);
    }

    public int MaxBytes => int.MaxValue;

    public int Rejected => _session.Rejected;

    public byte[]? Take()
    {
        Handle();
        return _messages.TryDequeue(out byte[]? message) ? message : null;
    }

    public void Handle()
    {
        while (_bench.Take() is { } datagram)
            _session.Received(datagram, 0, datagram.Length, 0);
    }

    public void Send(byte[] message) => _session.Send(message, 0, message.Length);

    public bool Transmit(byte[] buffer, int offset, int count)
    {
        _bench.Send(buffer.AsSpan(offset, count).ToArray());
        return true;
    }

    public void Deliver(byte[] buffer, int offset, int count) => _messages.Enqueue(buffer.AsSpan(offset, count).ToArray());

    public void Ready()
    {
    }

    public void Failed(LinkFailure reason)
    {
    }
}
