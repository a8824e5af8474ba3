using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>A packet data context.</summary>
internal sealed class PacketContext(int cid)
{
    public int Cid => cid;

    /// <summary>As it was defined, such as <c>IP</c>; empty when it was not.</summary>
    public string Type { get; set; } = "";

    public string Apn { get; set; } = "";

    public bool IsActive { get; set; }

    /// <summary>What it was when it was activated: a new definition waits for the next activation.</summary>
    public bool IsNonIp { get; set; }

    public string ActiveApn { get; set; } = "";

    /// <summary>Takes what comes, when it is active and non-IP.</summary>
    public Action<byte[]>? Received { get; set; }

    /// <summary>Its way through the network, when it is active and non-IP.</summary>
    public ScefContext? Scef { get; set; }
}
