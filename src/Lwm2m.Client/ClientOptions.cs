using System;

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

    /// <summary>First pause in seconds after a failed attempt to register where the server object has no /1/x/18; it doubles from
    /// attempt to attempt up to <see cref="LongestRetrySeconds"/>. Default 2.</summary>
    public int FirstRetrySeconds { get; set; } = 2;

    /// <summary>Longest pause in seconds between attempts to register. Default 900. The client never gives up.</summary>
    public int LongestRetrySeconds { get; set; } = 900;

    /// <summary>Where the Device object takes Current Time (/3/0/13) from; the platform's clock when null.</summary>
    public IWallClock? WallClock { get; set; }

    /// <summary>When true, <c>gt</c> and <c>lt</c> fire on crossing the threshold in either direction; false (default) follows the
    /// examples of the Transport text, <c>gt</c> upward and <c>lt</c> downward only.</summary>
    public bool ThresholdsBothWays { get; set; }
}
