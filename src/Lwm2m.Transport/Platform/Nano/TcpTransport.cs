using System;
using System.Security.Cryptography.X509Certificates;
using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>
/// CoAP over TCP and TLS (RFC 8323) to servers with <c>coap+tcp</c> and <c>coaps+tcp</c>, one connection a link. All is called under the runner's
/// gate. The firmware has neither a connect nor a handshake that returns at once: while one of them lasts, the client stands still. The
/// time of a certificate is checked where the firmware was built to; then the board needs the time of day before the first connection.
/// </summary>
public sealed class TcpTransport : ITransport, IPump
{
    private const int BufferBytes = 256;

    internal readonly byte[] Buffer = new byte[BufferBytes];
    internal readonly X509Certificate? Trust;
    internal readonly X509Certificate2? Own;

    private readonly TcpLink[] _links;
    private readonly int _pollMs;
    private IWakeUp? _runner;
    private long _nowMs;

    /// <summary>Makes a transport; no link is open.</summary>
    /// <param name="maxLinks">Number of links, each for one server at a time; at least 1.</param>
    /// <param name="maxMessageBytes">Largest message taken in whole: <see cref="CoapLimits.MaxMessageBytes"/> of the client. Servers are told it.</param>
    /// <param name="tls">Whom to believe, and who we are; without it the roots in the board's storage count.</param>
    /// <param name="keepAliveMs">After how long of silence a server is asked whether it is there, in milliseconds; 0 for never.</param>
    /// <param name="pollMs">How often to look whether something came, in milliseconds: the firmware tells nobody.</param>
    public TcpTransport(int maxLinks, int maxMessageBytes, TlsOptions? tls = null, int keepAliveMs = 30000, int pollMs = 50)
    {
        if (maxLinks < 1)
            throw new ArgumentOutOfRangeException(nameof(maxLinks));
        if (tls != null && tls.Trust != null)
            Trust = new X509Certificate(Terminated(tls.Trust));
        if (tls != null && tls.Certificate != null && tls.Key != null)
            Own = new X509Certificate2(Terminated(tls.Certificate), Terminated(tls.Key), "");
        _links = new TcpLink[maxLinks];
        for (int i = 0; i < maxLinks; i++)
            _links[i] = new TcpLink(i, this, maxMessageBytes, keepAliveMs);
        _pollMs = pollMs;
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

    /// <inheritdoc/>
    public long DueMs
    {
        get
        {
            long due = long.MaxValue;
            TcpLink[] links = _links;
            for (int i = 0; i < links.Length; i++)
            {
                TcpLink link = links[i];
                long one = link.IsRequested ? _nowMs : link.DueMs;
                if (link.HasSocket && _nowMs + _pollMs < one)
                    one = _nowMs + _pollMs;
                if (one < due)
                    due = one;
            }

            return due;
        }
    }

    /// <inheritdoc/>
    public void Attach(IWakeUp? runner) => _runner = runner;

    /// <summary>True for <c>coap+tcp</c> and <c>coaps+tcp</c>.</summary>
    /// <param name="link">Any link.</param>
    /// <param name="uri">The server.</param>
    public bool CanOpen(int link, ServerUri uri) => uri.IsTcp;

    /// <inheritdoc/>
    public void Open(int link, ServerUri uri, int localPort)
    {
        if (localPort < 0 || localPort > 65535)
            throw new ArgumentOutOfRangeException(nameof(localPort));
        _links[link].RequestOpen(uri, localPort);
        if (_runner != null)
            _runner.Wake();
    }

    /// <inheritdoc/>
    public bool Send(int link, byte[] buffer, int offset, int count) => _links[link].Send(buffer, offset, count);

    /// <inheritdoc/>
    public void Close(int link) => _links[link].Close();

    /// <inheritdoc/>
    public int LocalPort(int link) => _links[link].BoundPort;

    /// <inheritdoc/>
    public int MaxDatagramBytes(int link) => _links[link].MaxDatagramBytes;

    /// <inheritdoc/>
    public bool TakesBlocks(int link) => _links[link].TakesBlocks;

    /// <inheritdoc/>
    public bool IsHeldBack(int link) => false;

    /// <inheritdoc/>
    public bool Pump(ILinkEvents events, long nowMs)
    {
        _nowMs = nowMs;
        bool more = false;
        TcpLink[] links = _links;
        for (int i = 0; i < links.Length; i++)
            if (links[i].Pump(events, nowMs))
                more = true;
        return more;
    }

    // The firmware's reader of PEM wants a text that ends with zero.
    private static byte[] Terminated(byte[] certificate)
    {
        if (certificate.Length == 0 || certificate[0] != '-' || certificate[certificate.Length - 1] == 0)
            return certificate;
        byte[] text = new byte[certificate.Length + 1];
        Array.Copy(certificate, 0, text, 0, certificate.Length);
        return text;
    }
}
