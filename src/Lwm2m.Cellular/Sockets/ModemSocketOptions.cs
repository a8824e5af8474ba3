namespace Lwm2m.Cellular;

/// <summary>How messages are carried over the sockets of a modem. Needed only while the transport is made.</summary>
public sealed class ModemSocketOptions
{
    /// <summary>How the modem is talked to; it must have a section <c>udp</c> or <c>tcp</c>.</summary>
    public ModemProfile? Profile { get; set; }

    /// <summary><c>U</c> for UDP, <c>T</c> for TCP. A client that needs both has two transports.</summary>
    public char Binding { get; set; } = 'U';

    /// <summary>Access point name of the modem's own IP stack; null leaves it as the modem has it.</summary>
    public string? Apn { get; set; }

    /// <summary>The context of the modem's IP stack. Beside a <see cref="NonIpTransport"/>, whose contexts begin with 1, it must be another one, such as 5.</summary>
    public int Cid { get; set; } = 1;

    /// <summary>Number of links: one more than the client's <c>Limits.Servers</c>, for its bootstrap server.</summary>
    public int MaxLinks { get; set; } = 5;

    /// <summary>The longest message either way, in bytes. 1232 fits any IP network without fragments; the modem may have less.</summary>
    public int MaxMessageBytes { get; set; } = 1232;

    /// <summary>Room for messages that wait, 4 bytes a message besides; 0 for one and a half of <see cref="MaxMessageBytes"/>.</summary>
    public int QueueBytes { get; set; }

    /// <summary>ACK_TIMEOUT in milliseconds over UDP: an NB-IoT device may take 10 s to get through; 0 leaves it to the client.</summary>
    public int AckTimeoutMs { get; set; } = 5000;

    /// <summary>How long a TCP connection may be silent before it is looked after, in milliseconds; 0 for never.</summary>
    public int KeepAliveMs { get; set; } = 600_000;
}
