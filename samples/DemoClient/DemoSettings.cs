using Lwm2m.Client;

namespace Lwm2m.Samples.DemoClient;

/// <summary>What the command line asks for, checked.</summary>
/// <param name="Endpoint">Endpoint client name.</param>
/// <param name="Servers">The servers in the order of their options; the i-th one is account /0/i and /1/i.</param>
/// <param name="BootstrapUri">The bootstrap server, null for none.</param>
/// <param name="HoldOffSeconds">Seconds before a bootstrap begins, /0/x/11.</param>
/// <param name="StorageFolder">Folder in which the client keeps what must survive, null for none.</param>
/// <param name="Queue">The client registers in queue mode.</param>
/// <param name="AwakeMs">How long it stays awake after a message then.</param>
/// <param name="Trace">Each message is a line on standard error.</param>
/// <param name="LifetimeSeconds">Lifetime of the registrations; 0 is infinite.</param>
/// <param name="Version">The highest LwM2M version offered.</param>
/// <param name="LocalPort">UDP port to send from, 0 for any.</param>
/// <param name="AckTimeoutMs">ACK_TIMEOUT of RFC 7252 4.8.</param>
/// <param name="MaxRetransmit">MAX_RETRANSMIT of RFC 7252 4.8.</param>
/// <param name="Bearer">How the servers are reached.</param>
/// <param name="Json">Events are JSON objects, one a line.</param>
internal sealed record DemoSettings(
    string Endpoint,
    ServerArgument[] Servers,
    string? BootstrapUri,
    int HoldOffSeconds,
    string? StorageFolder,
    bool Queue,
    int AwakeMs,
    bool Trace,
    int LifetimeSeconds,
    LwM2MVersion Version,
    int LocalPort,
    int AckTimeoutMs,
    int MaxRetransmit,
    BearerSettings Bearer,
    bool Json);
