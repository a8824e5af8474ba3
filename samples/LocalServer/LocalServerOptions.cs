using System;
using System.Collections.Generic;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Lwm2m.Coap;

namespace Lwm2m.Samples;

/// <summary>How a <see cref="LocalServer"/> is set up.</summary>
public sealed class LocalServerOptions
{
    /// <summary>Address to listen on; loopback unless told otherwise, since the server knows no clients.</summary>
    public IPAddress Address { get; set; } = IPAddress.Loopback;

    /// <summary>UDP port to listen on; 0 takes any free one.</summary>
    public int Port { get; set; } = 5683;

    /// <summary>TCP port for <c>coap+tcp</c>; 0 takes any free one, null does not listen.</summary>
    public int? TcpPort { get; set; }

    /// <summary>TCP port for <c>coaps+tcp</c>; 0 takes any free one, null does not listen. Needs <see cref="Certificate"/>.</summary>
    public int? TlsPort { get; set; }

    /// <summary>The server's certificate with its key, for TLS.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>The roots that certificates of clients must lead to; null asks clients for none.</summary>
    public X509Certificate2Collection? Trust { get; set; }

    /// <summary>Largest message over TCP and TLS, in bytes: what clients are told as Max-Message-Size (RFC 8323 5.3.1).</summary>
    public int MaxStreamMessageBytes { get; set; } = 4096;

    /// <summary>Versions of LwM2M that are answered with 4.12, such as "1.2", so that a client steps down.</summary>
    public ISet<string> RefusedVersions { get; } = new HashSet<string>();

    /// <summary>ACK_TIMEOUT in milliseconds.</summary>
    public int AckTimeoutMs { get; set; } = 2000;

    /// <summary>MAX_RETRANSMIT.</summary>
    public int MaxRetransmit { get; set; } = 4;

    /// <summary>Preferred block size in bytes: 16, 32 ... 1024.</summary>
    public int BlockSize { get; set; } = 1024;

    /// <summary>How long a client in queue mode listens after each of its messages, in milliseconds (MAX_TRANSMIT_WAIT).</summary>
    public int AwakeMs { get; set; } = 93_000;

    /// <summary>Addresses that are remembered at a time. One that has no registration makes room for a new one.</summary>
    public int MaxClients { get; set; } = 64;

    /// <summary>Is told what went wrong inside, such as an exception in a handler; any thread.</summary>
    public Action<string>? Log { get; set; }

    internal CoapLimits ToLimits() => new()
    {
        AckTimeoutMs = AckTimeoutMs,
        MaxRetransmit = MaxRetransmit,
        BlockSize = BlockSize,
        MaxMessageBytes = Math.Max(1500, MaxStreamMessageBytes),
        MaxPeers = MaxClients,
        DedupEntries = 4096,
        DedupBytes = 1 << 19,
        Transfers = 16,
    };
}
