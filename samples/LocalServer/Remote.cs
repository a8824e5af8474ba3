using System.Collections.Generic;
using System.Net;
using Lwm2m.Coap;

namespace Lwm2m.Samples;

/// <summary>An address that talks to the server, and what is to be sent there.</summary>
internal sealed class Remote(IPEndPoint endPoint, CoapPeer peer)
{
    public IPEndPoint EndPoint { get; } = endPoint;

    public CoapPeer Peer { get; } = peer;

    /// <summary>The way there; null over UDP.</summary>
    public Connection? Connection { get; init; }

    /// <summary>S for short messages alone, N for a non-IP bearer first, U for everything else.</summary>
    public char Bearer { get; set; } = 'U';

    /// <summary>The connection is over: nothing goes there any more.</summary>
    public bool IsLost { get; set; }

    public LinkedList<Exchange> Waiting { get; } = new();

    /// <summary>The one that is out.</summary>
    public Exchange? Current { get; set; }

    public long LastHeardMs { get; set; }

    /// <summary>Until when a client in queue mode is taken to listen.</summary>
    public long AwakeUntilMs { get; set; }
}
