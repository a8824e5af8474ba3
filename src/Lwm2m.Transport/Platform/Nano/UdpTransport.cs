using System;
using System.Threading;
using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>
/// UDP over IPv4 and, where the firmware has it, IPv6; one connected socket a link, so that datagrams of strangers stay out.
/// <see cref="ITransport"/>'s verbs and <see cref="Pump"/> are called under the runner's gate, <see cref="Wait"/> by the
/// runner alone, <see cref="Wake"/> by anyone.
/// </summary>
public sealed class UdpTransport : ITransport, IPump, IWaiter
{
    /// <summary>Datagrams taken from one link before the others, and the engine's timers, have their turn.</summary>
    private const int DatagramsPerRound = 8;

    /// <summary>IPv6 carries 1280 bytes over any link (RFC 8200 5); less 40 bytes of IPv6 and 8 bytes of UDP header.</summary>
    private const int UnfragmentedBytes = 1280 - 40 - 8;

    /// <summary>The firmware waits for one socket at a time. With one link, this bounds only how late a wake-up is seen.</summary>
    private const int SliceOfOneLinkMs = 100;

    /// <summary>With several links, this is how late a datagram may be seen.</summary>
    private const int SliceOfManyLinksMs = 20;

    private readonly UdpLink[] _links;
    private readonly byte[] _buffer;
    private int _signalled;

    /// <summary>Makes a transport; no link is open.</summary>
    /// <param name="maxLinks">Number of links, each for one server at a time; at least 1.</param>
    /// <param name="maxDatagramBytes">The longest datagram taken in whole. A longer one comes in with one byte more than
    /// this, which tells the engine that it is too long.</param>
    public UdpTransport(int maxLinks, int maxDatagramBytes)
    {
        if (maxLinks < 1)
            throw new ArgumentOutOfRangeException(nameof(maxLinks));
        _links = new UdpLink[maxLinks];
        for (int i = 0; i < maxLinks; i++)
            _links[i] = new UdpLink();
        _buffer = new byte[maxDatagramBytes + 1];
    }

    /// <inheritdoc/>
    public char Binding => 'U';

    /// <inheritdoc/>
    public bool IsReliable => false;

    /// <inheritdoc/>
    public IPump Source => this;

    /// <inheritdoc/>
    public int AckTimeoutMs => 0;

    /// <inheritdoc/>
    public int MaxRetransmit => -1;

    /// <inheritdoc/>
    public long DueMs => long.MaxValue;

    /// <summary>Nothing to do: it waits by itself.</summary>
    /// <param name="runner">The runner.</param>
    public void Attach(IWakeUp? runner)
    {
    }

    /// <summary>True for <c>coap</c>. Security is a layer of its own above this.</summary>
    /// <param name="link">Any link.</param>
    /// <param name="uri">The server.</param>
    public bool CanOpen(int link, ServerUri uri) => uri.Scheme == "coap";

    /// <inheritdoc/>
    public void Open(int link, ServerUri uri, int localPort)
    {
        if (localPort < 0 || localPort > 65535)
            throw new ArgumentOutOfRangeException(nameof(localPort));
        UdpLink it = _links[link];
        it.Uri = uri;
        it.LocalPort = localPort;
        it.State = UdpLink.OpenRequested;
        Wake();
    }

    /// <inheritdoc/>
    public void Close(int link)
    {
        UdpLink it = _links[link];
        if (it.State == UdpLink.Closed)
            return;
        it.State = UdpLink.CloseRequested;
        Wake();
    }

    /// <inheritdoc/>
    public bool Send(int link, byte[] buffer, int offset, int count) => _links[link].Send(buffer, offset, count);

    /// <inheritdoc/>
    public int LocalPort(int link) => _links[link].BoundPort;

    /// <inheritdoc/>
    public int MaxDatagramBytes(int link) => UnfragmentedBytes;

    /// <inheritdoc/>
    public bool TakesBlocks(int link) => true;

    /// <inheritdoc/>
    public bool IsHeldBack(int link) => false;

    /// <inheritdoc/>
    public bool Pump(ILinkEvents events, long nowMs)
    {
        bool more = false;
        UdpLink[] links = _links;
        for (int i = 0; i < links.Length; i++)
        {
            UdpLink link = links[i];
            if (link.State == UdpLink.Up)
            {
                if (Drain(i, link, events, nowMs))
                    more = true;
                continue;
            }
            if (link.State == UdpLink.Closed)
                continue;
            if (link.State == UdpLink.OpenRequested)
            {
                int failure = link.Open();
                if (failure < 0)
                    events.LinkUp(i, nowMs);
                else
                    events.LinkDown(i, (LinkFailure)failure, nowMs);
            }
            else if (link.State == UdpLink.CloseRequested)
            {
                link.CloseSocket();
                link.State = UdpLink.Closed;
                link.Uri = null;
            }
        }
        return more;
    }

    /// <inheritdoc/>
    public void Wait(long timeoutMs)
    {
        long now = Environment.TickCount64;
        long endMs = timeoutMs > long.MaxValue - now ? long.MaxValue : now + timeoutMs;
        while (_signalled == 0 && now < endMs)
        {
            if (WaitSlice(endMs - now))
                break;
            now = Environment.TickCount64;
        }
        Interlocked.Exchange(ref _signalled, 0);
    }

    /// <inheritdoc/>
    public void Wake() => Interlocked.Exchange(ref _signalled, 1);

    private bool Drain(int number, UdpLink link, ILinkEvents events, long nowMs)
    {
        for (int i = 0; i < DatagramsPerRound; i++)
        {
            int count = link.Receive(_buffer);
            if (count == -1)
                return false;
            if (count >= 0)
                events.Received(number, _buffer, 0, count, nowMs);
            else if (link.IsBroken)
            {
                link.State = UdpLink.CloseRequested;
                events.LinkDown(number, LinkFailure.Other, nowMs);
            }
            if (link.State != UdpLink.Up)
                return true;
        }
        return true;
    }

    /// <summary>Waits for each open link in turn.</summary>
    /// <returns>True when one has something.</returns>
    private bool WaitSlice(long maxMs)
    {
        int up = 0;
        for (int i = 0; i < _links.Length; i++)
            if (_links[i].State == UdpLink.Up)
                up++;
        int sliceMs = up <= 1 ? SliceOfOneLinkMs : SliceOfManyLinksMs;
        if (maxMs < sliceMs)
            sliceMs = (int)maxMs;
        bool waited = false;
        for (int i = 0; i < _links.Length; i++)
        {
            if (_links[i].State != UdpLink.Up)
                continue;
            waited = true;
            if (_links[i].WaitReadable(sliceMs))
                return true;
        }
        if (!waited)
            Thread.Sleep(sliceMs);
        return false;
    }
}
