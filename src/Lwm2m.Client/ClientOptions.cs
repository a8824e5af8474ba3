using System;
using Lwm2m.Formats;
using Lwm2m.Transport;

namespace Lwm2m.Client;

/// <summary>What a client is told at its start. Values are read once, by the constructor of <see cref="Lwm2mClient"/>.</summary>
public sealed class ClientOptions
{
    /// <summary>Makes options for an endpoint; everything else has a default.</summary>
    /// <param name="endpoint">Endpoint client name, unique at each server (Core 6.2.1, 7.3): for example <c>urn:dev:os:32473-0001</c>.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public ClientOptions(string endpoint)
    {
        if (string.IsNullOrEmpty(endpoint))
            throw new ArgumentException("The endpoint name is empty.", nameof(endpoint));
        Endpoint = endpoint;
    }

    /// <summary>Endpoint client name, parameter <c>ep</c> of Register.</summary>
    public string Endpoint { get; }

    /// <summary>The highest LwM2M version offered; a server that refuses it (4.12) is offered the next lower one. Default 1.2.</summary>
    public LwM2MVersion HighestVersion { get; set; } = LwM2MVersion.V12;

    /// <summary>Sizes of buffers and tables. Default: <see cref="Limits.Default"/> of the platform.</summary>
    public Limits Limits { get; set; } = Limits.Default();

    /// <summary>Local UDP port of the first server's link, the next one for the second and so on; 0 (default) takes any free port.</summary>
    public int LocalPort { get; set; }

    /// <summary>ACK_TIMEOUT in milliseconds (RFC 7252 4.8), default 2000. Slow bearers want more: 4000 on LTE-M, 15000 on NB-IoT.</summary>
    public int AckTimeoutMs { get; set; } = 2000;

    /// <summary>MAX_RETRANSMIT (RFC 7252 4.8), default 4: a message is sent at most five times.</summary>
    public int MaxRetransmit { get; set; } = 4;

    /// <summary>The device's own number for short messages (MSISDN): digits without "+", as the parameter <c>sms</c> of Register tells it
    /// (Core 6.2.1); null for none.</summary>
    public string? SmsNumber { get; set; }

    /// <summary>First pause in seconds after a failed attempt to register where the server object has no /1/x/18; it doubles from
    /// attempt to attempt up to <see cref="LongestRetrySeconds"/>. Default 2.</summary>
    public int FirstRetrySeconds { get; set; } = 2;

    /// <summary>Longest pause in seconds between attempts to register. Default 900. The client never gives up.</summary>
    public int LongestRetrySeconds { get; set; } = 900;

    /// <summary>Whether the client registers in queue mode (Core 6.5): it sleeps when nothing was sent or received for
    /// <see cref="AwakeMs"/>, and servers hold their requests until it wakes. Default false.</summary>
    public bool QueueMode { get; set; }

    /// <summary>How long the client stays awake in queue mode after the last message, in milliseconds. Default 93000, which is
    /// MAX_TRANSMIT_WAIT (RFC 7252 4.8.2): shorter ones save power and lose what servers send late.</summary>
    public int AwakeMs { get; set; } = 93000;

    /// <summary>Whether a notification that becomes due while the client sleeps wakes it. False (default): it is kept and sent when the client
    /// wakes for its next Update, for pmax, or by <see cref="Lwm2mClient.WakeUp"/>.</summary>
    public bool WakesToNotify { get; set; }

    /// <summary>Who is told how long the device may sleep; null for nobody.</summary>
    public IPower? Power { get; set; }

    /// <summary>Profile id that stands for the object list in Register (parameter <c>pid</c>, LwM2M 1.2), for example
    /// <c>oma:x</c> or <c>6:27354b9a</c>; null for none. A server that cannot resolve it (4.09) gets the list.</summary>
    public string? ProfileId { get; set; }

    /// <summary>The object instances that <see cref="ProfileId"/> stands for, as links: <c>&lt;/1/0&gt;,&lt;/3/0&gt;</c>. Instances that are
    /// not among them are listed besides the profile.</summary>
    public string ProfileLinks { get; set; } = "";

    /// <summary>
    /// Where the client keeps what must survive a power cut: accounts, access control, attributes, what servers created and wrote,
    /// observations, registrations; null (default) for nowhere. What it holds wins over <see cref="Lwm2mClient.AddServer"/>. See
    /// <see cref="FileStorage"/>.
    /// </summary>
    public IStorage? Storage { get; set; }

    /// <summary>The reader of the smartcard that may hold the first accounts; null where there is none.</summary>
    public ISmartcard? Smartcard { get; set; }

    /// <summary>Who makes the secure sessions of links, between transport and CoAP; null where all messages go as they are, or a transport
    /// secures them itself (TLS).</summary>
    public ISessionSource? Sessions { get; set; }

    /// <summary>Who sees each message as it comes and goes; null (default) for nobody.</summary>
    public IMessageTrace? Trace { get; set; }

    /// <summary>Where the Device object takes Current Time (/3/0/13) from; the platform's clock when null.</summary>
    public IWallClock? WallClock { get; set; }

    /// <summary>When true, <c>gt</c> and <c>lt</c> fire on crossing the threshold in either direction; false (default) follows the
    /// examples of the Transport text, <c>gt</c> upward and <c>lt</c> downward only.</summary>
    public bool ThresholdsBothWays { get; set; }
}
