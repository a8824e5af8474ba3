using System.Threading.Tasks;
using Lwm2m.Cellular;
using Lwm2m.Client;
using Lwm2m.Transport;

namespace Lwm2m.Samples.Streetlight;

/// <summary>A connection on loopback.</summary>
internal sealed class TcpBearer(LocalServer server) : Bearer
{
    // IPv4 and TCP headers of one segment a message, and a frame's header is two bytes shorter than a datagram's.
    private const int HeaderBytes = 40 - 2;

    private readonly TcpTransport _transport = new();
    private readonly AirMeter _meter = new(HeaderBytes);

    public override string Uri => server.TcpUri!;

    public override string Letter => "T";

    public override AirCount Air => _meter.Count;

    public override bool KeepsObservations => false;

    public override void Connect(Lwm2mClient client) => client.UseTransport(CountedTransport.Around(_transport, _meter));

    public override void Lose() => server.CutConnections();

    public override void Restore()
    {
    }

    public override ValueTask DisposeAsync()
    {
        _transport.Dispose();
        return ValueTask.CompletedTask;
    }
}
