using System.Threading.Tasks;
using Lwm2m.Cellular;
using Lwm2m.Client;
using Lwm2m.Transport;

namespace Lwm2m.Samples.Streetlight;

/// <summary>Datagrams on loopback.</summary>
internal sealed class UdpBearer(LocalServer server) : Bearer
{
    private const int IPv4AndUdpBytes = 28;

    private readonly UdpTransport _transport = new();
    private readonly AirMeter _meter = new(IPv4AndUdpBytes);

    public override string Uri => server.Uri;

    public override string Letter => "U";

    public override AirCount Air => _meter.Count;

    public override void Connect(Lwm2mClient client) => client.UseTransport(CountedTransport.Around(_transport, _meter));

    public override void Lose()
    {
        server.Faults.DropReceived(int.MaxValue);
        server.Faults.DropSent(int.MaxValue);
    }

    public override void Restore()
    {
        server.Faults.DropReceived(0);
        server.Faults.DropSent(0);
    }

    public override ValueTask DisposeAsync()
    {
        _transport.Dispose();
        return ValueTask.CompletedTask;
    }
}
