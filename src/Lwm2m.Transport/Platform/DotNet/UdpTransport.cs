using System;
using System.Collections.Generic;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>
/// UDP over IPv4 and IPv6, one connected socket a link: the kernel keeps datagrams of strangers away.
/// <see cref="ITransport"/>'s verbs and <see cref="Pump"/> are called under the runner's gate, <see cref="Wait"/> by the
/// runner alone, <see cref="Wake"/> by anyone. In steady state nothing is allocated.
/// </summary>
public sealed class UdpTransport : ITransport, IPump, IWaiter, IDisposable
{
    /// <summary>Datagrams taken from one link before the others, and the engine's timers, have their turn.</summary>
    private const int DatagramsPerRound = 32;

    /// <summary>No UDP datagram is longer, so none is ever cut off.</summary>
    private const int MaxUdpPayload = 65535;

    /// <summary>IPv6 carries 1280 bytes over any link (RFC 8200 5); less 40 bytes of IPv6 and 8 bytes of UDP header.</summary>
    private const int UnfragmentedBytes = 1280 - 40 - 8;

    private readonly UdpLink[] _links;
    private readonly byte[] _buffer = new byte[MaxUdpPayload];
    private readonly WakeSocket _wake = new();
    private readonly List<Socket> _waitingFor;
    private int _addressesChanged;
    private bool _disposed;

    /// <summary>Makes a transport; no link is open.</summary>
    /// <param name="maxLinks">Number of links, each for one server at a time; one more than the client's <c>Limits.Servers</c>, for its bootstrap
    /// server.</param>
    /// <param name="resolve">Finds the addresses of a name; without it the system's name service does.</param>
    public UdpTransport(int maxLinks = 5, Func<string, Task<IPAddress[]>>? resolve = null)
    {
        resolve ??= Dns.GetHostAddressesAsync;
        if (maxLinks < 1)
            throw new ArgumentOutOfRangeException(nameof(maxLinks), maxLinks, "At least one link is needed.");
        _links = new UdpLink[maxLinks];
        for (int i = 0; i < maxLinks; i++)
            _links[i] = new UdpLink(_wake, resolve);
        _waitingFor = new List<Socket>(maxLinks + 1);
        NetworkChange.NetworkAddressChanged += OnAddressChanged;
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

    /// <summary>Number of links.</summary>
    public int MaxLinks => _links.Length;

    /// <summary>True for <c>coap</c>. Security is a layer of its own above this.</summary>
    /// <param name="link">Any link.</param>
    /// <param name="uri">The server.</param>
    public bool CanOpen(int link, ServerUri uri) => uri.Scheme == "coap";

    /// <inheritdoc/>
    public void Open(int link, ServerUri uri, int localPort)
    {
        if (localPort is < 0 or > 65535)
            throw new ArgumentOutOfRangeException(nameof(localPort), localPort, "A local port is 0 (any) to 65535.");
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (link >= _links.Length)
            throw new ArgumentException($"Link {link} is one too many: maxLinks must be the client's Limits.Servers + 1.", nameof(link));
        _links[link].RequestOpen(uri, localPort);
        _wake.Signal();
    }

    /// <inheritdoc/>
    public void Close(int link)
    {
        if (link < _links.Length && _links[link].RequestClose())
            _wake.Signal();
    }

    /// <inheritdoc/>
    public bool Send(int link, byte[] buffer, int offset, int count) => _links[link].Send(buffer, offset, count);

    /// <inheritdoc/>
    public int MaxDatagramBytes(int link) => UnfragmentedBytes;

    /// <inheritdoc/>
    public bool TakesBlocks(int link) => true;

    /// <inheritdoc/>
    public bool IsHeldBack(int link) => false;

    /// <inheritdoc/>
    public int LocalPort(int link) => _links[link].LocalPort;

    /// <inheritdoc/>
    public bool Pump(ILinkEvents events, long nowMs)
    {
        bool more = false;
        if (Interlocked.Exchange(ref _addressesChanged, 0) == 1)
            DropMovedLinks(events, nowMs);
        for (int i = 0; i < _links.Length; i++)
        {
            UdpLink link = _links[i];
            if (link.HasWork)
                Advance(i, link, events, nowMs);
            if (link.IsUp)
                more |= Drain(i, link, events, nowMs);
        }
        return more;
    }

    /// <inheritdoc/>
    public void Wait(long timeoutMs)
    {
        if (timeoutMs <= 0 || !_wake.BeginWait())
        {
            _wake.EndWait(false);
            return;
        }
        _waitingFor.Clear();
        _waitingFor.Add(_wake.Socket);
        foreach (UdpLink link in _links)
        {
            if (link.Socket != null)
                _waitingFor.Add(link.Socket);
        }
        // One poll(2) over all sockets, no wake-ups in between. What is readable needs no look: Pump tries every link,
        // which also fetches errors that make a socket "ready" without being readable.
        const int LongestMs = int.MaxValue / 1000;
        Socket.Select(_waitingFor, null, null, timeoutMs > LongestMs ? LongestMs * 1000 : (int)timeoutMs * 1000);
        _wake.EndWait(_waitingFor.Count > 0 && _waitingFor[0] == _wake.Socket);
    }

    /// <inheritdoc/>
    public void Wake() => _wake.Signal();

    /// <summary>Closes all links. The runner must have ended.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        NetworkChange.NetworkAddressChanged -= OnAddressChanged;
        foreach (UdpLink link in _links)
            link.Dispose();
        _wake.Dispose();
    }

    /// <summary>Looks at the next <see cref="Pump"/> whether links have another local address by now, and takes those down. The system's
    /// own notice of changed addresses calls it.</summary>
    internal void CheckAddresses()
    {
        Volatile.Write(ref _addressesChanged, 1);
        _wake.Signal();
    }

    private void OnAddressChanged(object? sender, EventArgs change) => CheckAddresses();

    private void DropMovedLinks(ILinkEvents events, long nowMs)
    {
        for (int i = 0; i < _links.Length; i++)
        {
            if (!_links[i].HasMoved())
                continue;
            _links[i].Fail();
            events.LinkDown(i, LinkFailure.AddressChanged, nowMs);
        }
    }

    private static void Advance(int number, UdpLink link, ILinkEvents events, long nowMs)
    {
        LinkFailure? failure = link.Advance();
        if (link.IsUp)
            events.LinkUp(number, nowMs);
        else if (failure != null)
            events.LinkDown(number, failure.Value, nowMs);
    }

    private bool Drain(int number, UdpLink link, ILinkEvents events, long nowMs)
    {
        for (int i = 0; i < DatagramsPerRound; i++)
        {
            int count = link.Receive(_buffer, out SocketError error);
            if (error == SocketError.Success)
            {
                events.Received(number, _buffer, 0, count, nowMs);
                if (!link.IsUp)
                    return false;
                continue;
            }
            if (error is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
                return false;
            if (UdpLink.IsNetworkHint(error))
                continue;
            link.Fail();
            events.LinkDown(number, LinkFailure.Other, nowMs);
            return false;
        }
        return true;
    }
}
