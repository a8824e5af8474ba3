namespace Lwm2m.Cellular;

/// <summary>How messages are carried without IP. Needed only while the transport is made.</summary>
public sealed class NonIpOptions
{
    /// <summary>How the modem is talked to; null for <c>generic</c>.</summary>
    public ModemProfile? Profile { get; set; }

    /// <summary>
    /// Access point name of servers whose URI is not <c>coap+nidd</c>, so that an account moves between bindings with one URI; null for none.
    /// Its context is the first, and is defined from the start.
    /// </summary>
    public string? Apn { get; set; }

    /// <summary>Number of links: one more than the client's <c>Limits.Servers</c>, for its bootstrap server.</summary>
    public int MaxLinks { get; set; } = 5;

    /// <summary>
    /// The longest message either way, in bytes. 1358 is the MTU of the network (3GPP), which the modem or the operator may lower; less saves memory,
    /// and longer messages go in blocks.
    /// </summary>
    public int MaxMessageBytes { get; set; } = 1358;

    /// <summary>Room for messages that wait, 4 bytes a message besides; 0 for one and a half of <see cref="MaxMessageBytes"/>.</summary>
    public int QueueBytes { get; set; }

    /// <summary>
    /// ACK_TIMEOUT in milliseconds. A message over the control plane waits for radio access, which in deep coverage takes several seconds each way, and one
    /// that is repeated too soon costs energy and quota twice; so 10 s at first, the latency that NB-IoT is made for.
    /// </summary>
    public int AckTimeoutMs { get; set; } = 10_000;

    /// <summary>
    /// Tells the network with each message whether anything follows (release assistance), so that it ends the radio connection sooner. Off at first: an operator's
    /// network that ends it too soon makes the device call anew.
    /// </summary>
    public bool ReleaseAssistance { get; set; }

    /// <summary>Sends everything as exception data (27.007 <c>+CSODCP</c>, type 1), for alarms that go out in times of congestion.</summary>
    public bool IsException { get; set; }

    /// <summary>Messages in <see cref="PeriodMs"/> for each link, where the contract says so and the network does not tell; 0 for no limit.</summary>
    public int MessagesPerPeriod { get; set; }

    /// <summary>Bytes in <see cref="PeriodMs"/> for each link; 0 for no limit.</summary>
    public int BytesPerPeriod { get; set; }

    /// <summary>The period of the two, in milliseconds: an hour at first.</summary>
    public long PeriodMs { get; set; } = 60 * RateBudget.MinuteMs;

    /// <summary>Messages of a quota that are kept for answers and Updates; -1 for an eighth.</summary>
    public int ReserveMessages { get; set; } = -1;
}
