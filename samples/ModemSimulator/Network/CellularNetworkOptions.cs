using System;
using System.Collections.Generic;
using System.Net;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>What a <see cref="CellularNetwork"/> is like. Everything may be changed while it runs.</summary>
public sealed class CellularNetworkOptions
{
    /// <summary>The clock; of tests a <see cref="SimulatedClock"/>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where chance starts from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Number of the SMS service centre; empty: PDUs name none.</summary>
    public string ServiceCentre { get; set; } = "+491710760000";

    /// <summary>Operator as MCC and MNC.</summary>
    public string Operator { get; set; } = "26201";

    /// <summary>How long an attach takes.</summary>
    public TimeSpan RegistrationDelay { get; set; }

    /// <summary>How long a device stays connected after its last packet; then it is idle (+CSCON: 0).</summary>
    public TimeSpan InactivityTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether power saving mode and eDRX are granted as asked.</summary>
    public bool GrantsPowerSaving { get; set; } = true;

    /// <summary>How long the service centre keeps a short message before it sends it on.</summary>
    public TimeSpan SmsDelay { get; set; }

    /// <summary>How long it waits after a delivery that was not acknowledged before it tries again.</summary>
    public TimeSpan SmsRetryInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often it tries to deliver one message; then it drops it.</summary>
    public int SmsAttempts { get; set; } = 10;

    /// <summary>Chance, 0 to 1, that a short message is lost; each part by itself.</summary>
    public double SmsLoss { get; set; }

    /// <summary>Chance that it is delivered twice.</summary>
    public double SmsDuplication { get; set; }

    /// <summary>Chance that it overtakes the one before it.</summary>
    public double SmsReordering { get; set; }

    /// <summary>
    /// Whether what a server repeats, byte for byte and within EXCHANGE_LIFETIME, is sent to a device once. A server that speaks UDP to the
    /// network retransmits as on UDP; CoAP over SMS has no retransmission.
    /// </summary>
    public bool DropsSmsRetransmissions { get; set; } = true;

    /// <summary>How long a packet, non-IP or UDP, takes each way.</summary>
    public TimeSpan PacketDelay { get; set; }

    /// <summary>Chance that a non-IP packet is lost, each way.</summary>
    public double NonIpLoss { get; set; }

    /// <summary>Chance that a datagram of a modem's UDP socket is lost, each way.</summary>
    public double UdpLoss { get; set; }

    /// <summary>What devices reach by IP: names and addresses, and where on this machine they really are. Loopback addresses need no entry.</summary>
    public IDictionary<string, IPAddress> Hosts { get; } = new Dictionary<string, IPAddress>(StringComparer.OrdinalIgnoreCase) { ["localhost"] = IPAddress.Loopback };
}
