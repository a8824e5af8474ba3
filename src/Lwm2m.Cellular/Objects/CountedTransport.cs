using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Cellular;

/// <summary>
/// A transport whose messages are counted, for <see cref="ConnectivityStatisticsObject"/>: everything passes through unchanged.
/// <code>client.UseTransport(CountedTransport.Around(udp, statistics));</code>
/// Transports of a modem count by themselves.
/// </summary>
public class CountedTransport : ITransport, IPump, ILinkEvents
{
    private readonly ITransport _transport;
    private readonly IPump _source;
    private readonly ITrafficListener _listener;
    private ILinkEvents? _events;

    private protected CountedTransport(ITransport transport, ITrafficListener listener)
    {
        _transport = transport;
        _source = transport.Source;
        _listener = listener;
    }

    /// <summary>Counts the messages of a transport.</summary>
    /// <param name="transport">The transport; it must not share its pump with another one, as those of a modem do.</param>
    /// <param name="listener">Who is told.</param>
    /// <returns>What to give to the client in its place.</returns>
    public static CountedTransport Around(ITransport transport, ITrafficListener listener) =>
        // A runner waits by the pump that can wait for its own sockets: the counting one must be able to where the other is.
        transport.Source is IWaiter waiter ? new CountedWaiter(transport, waiter, listener) : new CountedTransport(transport, listener);

    /// <inheritdoc/>
    public char Binding => _transport.Binding;

    /// <inheritdoc/>
    public bool IsReliable => _transport.IsReliable;

    /// <inheritdoc/>
    public IPump Source => this;

    /// <inheritdoc/>
    public int AckTimeoutMs => _transport.AckTimeoutMs;

    /// <inheritdoc/>
    public int MaxRetransmit => _transport.MaxRetransmit;

    /// <inheritdoc/>
    public long DueMs => _source.DueMs;

    /// <inheritdoc/>
    public bool CanOpen(int link, ServerUri uri) => _transport.CanOpen(link, uri);

    /// <inheritdoc/>
    public void Open(int link, ServerUri uri, int localPort) => _transport.Open(link, uri, localPort);

    /// <inheritdoc/>
    public bool Send(int link, byte[] buffer, int offset, int count)
    {
        if (!_transport.Send(link, buffer, offset, count))
            return false;
        _listener.Sent(_transport.Binding, count);
        return true;
    }

    /// <inheritdoc/>
    public void Close(int link) => _transport.Close(link);

    /// <inheritdoc/>
    public int LocalPort(int link) => _transport.LocalPort(link);

    /// <inheritdoc/>
    public int MaxDatagramBytes(int link) => _transport.MaxDatagramBytes(link);

    /// <inheritdoc/>
    public bool TakesBlocks(int link) => _transport.TakesBlocks(link);

    /// <inheritdoc/>
    public bool IsHeldBack(int link) => _transport.IsHeldBack(link);

    /// <inheritdoc/>
    public bool Pump(ILinkEvents events, long nowMs)
    {
        _events = events;
        return _source.Pump(this, nowMs);
    }

    /// <inheritdoc/>
    public void Attach(IWakeUp? runner) => _source.Attach(runner);

    /// <inheritdoc/>
    public void LinkUp(int link, long nowMs) => _events!.LinkUp(link, nowMs);

    /// <inheritdoc/>
    public void LinkDown(int link, LinkFailure reason, long nowMs) => _events!.LinkDown(link, reason, nowMs);

    /// <inheritdoc/>
    public void Received(int link, byte[] buffer, int offset, int count, long nowMs)
    {
        _listener.Received(_transport.Binding, count);
        _events!.Received(link, buffer, offset, count, nowMs);
    }

    /// <inheritdoc/>
    public void ReceivedTooLarge(int link, byte[] buffer, int offset, int count, long nowMs)
    {
        _listener.Received(_transport.Binding, count);
        _events!.ReceivedTooLarge(link, buffer, offset, count, nowMs);
    }

    /// <inheritdoc/>
    public void Recovered(long nowMs) => _events!.Recovered(nowMs);

    /// <inheritdoc/>
    public long Poll(long nowMs) => _events!.Poll(nowMs);
}
