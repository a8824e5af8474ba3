using Lwm2m.Coap;

namespace Lwm2m.Client;

/// <summary>
/// One server that the client is to be registered at: its Security and Server instance (equal Short Server ID, Core 6.1.1)
/// and the state of the registration. The properties may be read from any thread; they are changed by the runner only.
/// </summary>
public sealed class ServerAccount
{
    internal const int PendingLifetime = 1;
    internal const int PendingBinding = 2;
    internal const int PendingObjects = 4;
    internal const int PendingKeepAlive = 8;
    internal const int PendingDisable = 16;
    internal const int PendingSleep = 32;
    internal const int PendingReconnect = 64;
    internal const int PendingUpdateMask = PendingLifetime | PendingBinding | PendingObjects | PendingKeepAlive;

    // Bits of Flags.
    internal const int FinallyFailed = 1;
    internal const int Sleeping = 2;
    internal const int NeedsWholeList = 4;
    internal const int QueueMode = 8;

    // Places of Counters.
    internal const int Registrations = 0;
    internal const int Failures = 1;
    internal const int Notifications = 2;
    internal const int Retransmissions = 3;
    internal const int BytesSent = 4;
    internal const int BytesReceived = 5;
    private const int LastMessage = 6;

    internal readonly byte[] Location;
    internal int LocationLength;
    internal CoapPeer? Peer;

    /// <summary>What the server still has to hear of, or what it asked for: bits Pending*.</summary>
    internal int Pending;

    /// <summary>The part of <see cref="Pending"/> that the Update under way carries: put back when it fails.</summary>
    internal int UnderWay;

    /// <summary>When the timer of the state runs out; <see cref="long.MaxValue"/> where it has none.</summary>
    internal long DueMs = long.MaxValue;

    /// <summary>When the request under way was sent: the server's lifetime starts no earlier.</summary>
    internal long SentMs;

    /// <summary>Attempts since the last success; sets the length of the pause (Core 6.2.1.2).</summary>
    internal int Attempts;

    /// <summary>All attempts failed; asleep; profile refused; queue mode announced.</summary>
    internal int Flags;

    /// <summary>When a message last went to the server or came from it: the awake window of queue mode starts then.</summary>
    internal long ActivityMs;

    /// <summary>What is counted, once somebody wants to know; null before.</summary>
    internal long[]? Counters;

    /// <summary>When the next message of Send may go; <see cref="long.MaxValue"/> while one is out.</summary>
    internal long SendDueMs;

    /// <summary>Attempts at that message that came to nothing.</summary>
    internal int SendFailures;

    /// <summary>The letter of the transport that a server asked for by /1/x/8, 0 for none.</summary>
    internal char AskedTransport;

    internal ServerAccount(int index, int locationBytes)
    {
        Index = index;
        Location = new byte[locationBytes];
    }

    /// <summary>Place of the account in the client, from 0 in the order of the Security instances; also the number of its link.</summary>
    public int Index { get; }

    /// <summary>Instance of the Security object (/0) that holds the address and keys.</summary>
    public int SecurityInstance { get; internal set; }

    /// <summary>Instance of the Server object (/1) that holds lifetime and binding.</summary>
    public int ServerInstance { get; internal set; }

    /// <summary>Short Server ID, 1..65534 (/0/x/10 and /1/x/0).</summary>
    public int ShortServerId { get; internal set; }

    /// <summary>Server URI, /0/x/0.</summary>
    public string Uri { get; internal set; } = "";

    /// <summary>Where the registration stands.</summary>
    public RegistrationState State { get; internal set; }

    /// <summary>The LwM2M version offered or agreed on: the highest one that the server did not refuse with 4.12.</summary>
    public LwM2MVersion Version { get; internal set; }

    /// <summary>Why the last attempt failed; <see cref="RegistrationFailure.None"/> while all is well.</summary>
    public RegistrationFailure LastFailure { get; internal set; }

    /// <summary>CoAP code of the server's last refusal, for example 0x83 for 4.03; 0 where it gave none.</summary>
    public int LastFailureCode { get; internal set; }

    /// <summary>True while the server knows the client: <see cref="RegistrationState.Registered"/>, <see cref="RegistrationState.Updating"/>
    /// or <see cref="RegistrationState.Asleep"/>.</summary>
    public bool IsRegistered => State == RegistrationState.Registered || State == RegistrationState.Updating || State == RegistrationState.Asleep;

    /// <summary>True while notifications can go to the server: registered, and not asleep in queue mode. After sleep it is true
    /// again when the server has confirmed the Update.</summary>
    public bool IsAwake => (State == RegistrationState.Registered || State == RegistrationState.Updating) && (Flags & Sleeping) == 0;

    /// <summary>True where the registration announced queue mode.</summary>
    public bool IsInQueueMode => (Flags & QueueMode) != 0;

    /// <summary>The location that the server gave to the registration, as a path such as <c>/rd/5a3f</c>; empty before the first one.</summary>
    public string LocationPath
    {
        get
        {
            string path = "";
            for (int at = 0; at < LocationLength; at += 1 + Location[at])
                path += "/" + System.Text.Encoding.UTF8.GetString(Location, at + 1, Location[at]);
            return path;
        }
    }

    /// <summary>Takes a location that was stored. False: no room, or none.</summary>
    internal bool SetLocation(byte[] location)
    {
        int at = 0;
        while (at < location.Length)
            at += 1 + location[at];
        if (at != location.Length || at == 0 || at > Location.Length)
            return false;
        System.Array.Copy(location, 0, Location, 0, at);
        LocationLength = at;
        return true;
    }

    internal void StartCounting() => Counters ??= new long[LastMessage + 1];

    internal void Count(int what, long by)
    {
        if (Counters != null)
            Counters[what] += by;
    }

    // A CON with the message id of the one before is that one again.
    internal void CountSent(byte[] buffer, int offset, int count)
    {
        long[] counters = Counters!;
        counters[BytesSent] += count;
        if (count < 4 || (buffer[offset] & 0x30) != 0)
            return;
        long message = 0x10000 | buffer[offset + 2] << 8 | buffer[offset + 3];
        if (counters[LastMessage] == message)
            counters[Retransmissions]++;
        counters[LastMessage] = message;
    }

    /// <summary>Keeps the Location-Path options of the answer to Register, each behind a byte of its length. False: no room.</summary>
    internal bool KeepLocation(CoapMessage answer)
    {
        LocationLength = 0;
        int length = 0;
        for (int index = 0; index < answer.LocationCount; index++)
        {
            int at = answer.Location(index, out int count);
            if (length + 1 + count > Location.Length)
                return false;
            Location[length] = (byte)count;
            System.Array.Copy(answer.Buffer, at, Location, length + 1, count);
            length += 1 + count;
        }

        LocationLength = length;
        return length > 0;
    }
}
