using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks;
using Lwm2m.Cellular;
using Lwm2m.Client;
using Lwm2m.Transport;

namespace Lwm2m.Bearers.Tests;

/// <summary>UDP sockets of the device itself, and a modem with packets without IP and short messages.</summary>
public sealed class SeveralWaysBench : ModemBench
{
    private readonly UdpTransport _udp = new();
    private readonly NonIpTransport _nonIp;
    private readonly SmsTransport _sms;

    [SetsRequiredMembers]
    public SeveralWaysBench()
        : base("generic", isSecured: false)
    {
        Network.AddSmsApplication(SmsBench.Number, Server.EndPoint);
        Network.AddNonIpApn(NonIpBench.ApnName, Server.EndPoint);
        _nonIp = new NonIpTransport(Modem, new NonIpOptions { Apn = NonIpBench.ApnName });
        _sms = new SmsTransport(Modem);
    }

    public override char Binding => 'N';

    public override void Connect(Lwm2mClient client)
    {
        _sms.Client = client;
        client.UseTransport(_nonIp);
        client.UseTransport(_udp);
        client.UseTransport(_sms);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _udp.Dispose();
    }
}
