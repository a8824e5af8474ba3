using System;
using System.Net;
using System.Net.NetworkInformation;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>
/// CoAP over TCP and TLS (RFC 8323) to servers with <c>coap+tcp</c> and <c>coaps+tcp</c>, over IPv4 and IPv6, one connection a link. Its verbs and
/// <see cref="Pump"/> are called under the runner's gate; connections are made, read and written on the thread pool. In steady state
/// nothing is allocated.
/// </summary>
public sealed class TcpTransport : ITransport, IPump, IDisposable
{
    /// <summary>Room for what the network does not take at once, in messages.</summary>
    private const int MessagesOut = 2 * TcpLink.MessagesPerSlice;

    private const int LeastInBytes = 4096;

    private readonly TcpLink[] _links;
    private IWakeUp? _runner;
    private int _addressesChanged;
    private bool _disposed;

    /// <summary>Makes a transport; no link is open.</summary>
    /// <param name="maxLinks">Number of links, each for one server at a time; one more than the client's <c>Limits.Servers</c>, for its bootstrap
    /// server.</param>
    /// <param name="tls">Whom to believe, and who we are; without it the system's roots count, and we show no certificate.</param>
    /// <param name="maxMessageBytes">Largest message taken in whole: <see cref="CoapLimits.MaxMessageBytes"/> of the client, and so 1500 where that
    /// was not set. Servers are told it.</param>
    /// <param name="connectTimeoutMs">How long an address has to answer, and then TLS to agree, in milliseconds.</param>
    /// <param name="keepAliveMs">After how long of silence a server is asked whether it is there, in milliseconds; 0 for never.</param>
    /// <param name="resolve">Finds the addresses of a name; without it the system's name service does.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException"><paramref name="tls"/> holds what cannot be read.</exception>
    public TcpTransport(
        int maxLinks = 5,
        TlsOptions? tls = null,
        int maxMessageBytes = 1500,
        int connectTimeoutMs = 15_000,
        int keepAliveMs = 30_000,
        Func<string, Task<IPAddress[]>>? resolve = null)
    {
        if (maxLinks < 1)
            throw new ArgumentOutOfRangeException(nameof(maxLinks), maxLinks, "At least one link is needed.");
        if (connectTimeoutMs < 1)
            throw new ArgumentOutOfRangeException(nameof(connectTimeoutMs), connectTimeoutMs, "A server needs time to answer.");
        var settings = new TcpSettings(
            tls,
            connectTimeoutMs,
            Math.Max(LeastInBytes, maxMessageBytes),
            MessagesOut * Math.Max(maxMessageBytes, CoapStream.BaseMaxMessageBytes),
            resolve ?? Dns.GetHostAddressesAsync,
            () => Volatile.Read(ref _runner)?.Wake());
        _links = new TcpLink[maxLinks];
        for (int i = 0; i < maxLinks; i++)
            _links[i] = new TcpLink(i, maxMessageBytes, keepAliveMs, settings);
        NetworkChange.NetworkAddressChanged += OnAddressChanged;
    }

    /// <inheritdoc/>
    public char Binding => 'T';

    /// <inheritdoc/>
    public bool IsReliable => true;

    /// <inheritdoc/>
    public IPump Source => this;

    /// <inheritdoc/>
    public int AckTimeoutMs => 0;

    /// <inheritdoc/>
    public int MaxRetransmit => -1;

    /// <summary>Number of links.</summary>
    public int MaxLinks => _links.Length;

    /// <inheritdoc/>
    public long DueMs
    {
        get
        {
            long due = long.MaxValue;
            foreach (TcpLink link in _links)
                due = Math.Min(due, link.DueMs);
            return due;
        }
    }

    /// <inheritdoc/>
    public void Attach(IWakeUp? runner) => Volatile.Write(ref _runner, runner);

    /// <summary>True for <c>coap+tcp</c> and <c>coaps+tcp</c>.</summary>
    /// <param name="link">Any link.</param>
    /// <param name="uri">The server.</param>
    public bool CanOpen(int link, ServerUri uri) => uri.IsTcp;

    /// <inheritdoc/>
    public void Open(int link, ServerUri uri, int localPort)
    {
        if (localPort is < 0 or > 65535)
            throw new ArgumentOutOfRangeException(nameof(localPort), localPort, "A local port is 0 (any) to 65535.");
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (link >= _links.Length)
            throw new ArgumentException($"Link {link} is one too many: maxLinks must be the client's Limits.Servers + 1.", nameof(link));
        _links[link].RequestOpen(uri, localPort);
        Volatile.Read(ref _runner)?.Wake();
    }

    /// <inheritdoc/>
    public bool Send(int link, byte[] buffer, int offset, int count) => _links[link].Send(buffer, offset, count);

    /// <summary>Closes a link. What was sent before still goes out, within two seconds; then a Release, and the connection ends. No event follows.</summary>
    /// <param name="link">Number of the link.</param>
    public void Close(int link)
    {
        if (link < _links.Length)
            _links[link].Close();
    }

    /// <inheritdoc/>
    public int LocalPort(int link) => _links[link].LocalPort;

    /// <inheritdoc/>
    public int MaxDatagramBytes(int link) => _links[link].MaxDatagramBytes;

    /// <inheritdoc/>
    public bool TakesBlocks(int link) => _links[link].TakesBlocks;

    /// <inheritdoc/>
    public bool IsHeldBack(int link) => false;

    /// <inheritdoc/>
    public bool Pump(ILinkEvents events, long nowMs)
    {
        if (Interlocked.Exchange(ref _addressesChanged, 0) == 1)
        {
            foreach (TcpLink link in _links)
                link.CheckAddress(events, nowMs);
        }

        bool more = false;
        foreach (TcpLink link in _links)
            more |= link.Pump(events, nowMs);
        return more;
    }

    /// <summary>Closes all links. The runner must have ended.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        NetworkChange.NetworkAddressChanged -= OnAddressChanged;
        foreach (TcpLink link in _links)
            link.Close();
    }

    private void OnAddressChanged(object? sender, EventArgs change) => CheckAddresses();

    /// <summary>Looks at the next <see cref="Pump"/> whether links have another local address by now, and takes those down. The system's
    /// own notice of changed addresses calls it.</summary>
    internal void CheckAddresses()
    {
        Volatile.Write(ref _addressesChanged, 1);
        Volatile.Read(ref _runner)?.Wake();
    }
}
