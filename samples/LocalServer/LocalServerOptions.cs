using System;
using System.Collections.Generic;
using System.Net;
using Lwm2m.Coap;

namespace Lwm2m.Samples;

/// <summary>How a <see cref="LocalServer"/> is set up.</summary>
public sealed class LocalServerOptions
{
    /// <summary>Address to listen on; loopback unless told otherwise, since the server has no security at all.</summary>
    public IPAddress Address { get; set; } = IPAddress.Loopback;

    /// <summary>UDP port to listen on; 0 takes any free one.</summary>
    public int Port { get; set; } = 5683;

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
        MaxPeers = MaxClients,
        DedupEntries = 4096,
        DedupBytes = 1 << 19,
        Transfers = 16,
    };
}
