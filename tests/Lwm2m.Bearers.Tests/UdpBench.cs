using System.Threading.Tasks;
using Lwm2m.Client;
using Lwm2m.Samples;
using Lwm2m.Transport;

namespace Lwm2m.Bearers.Tests;

/// <summary>Sockets on loopback.</summary>
public sealed class UdpBench : Bench
{
    private readonly UdpTransport _transport = new();

    public static Task<Bench> MakeAsync() =>
        Task.FromResult<Bench>(new UdpBench { Server = LocalServer.Start(new LocalServerOptions { Port = 0, AwakeMs = ManagementSuite.ServerAwakeMs }) });

    public override char Binding => 'U';

    public override void Connect(Lwm2mClient client) => client.UseTransport(_transport);

    public override Task LoseAsync()
    {
        Server.Faults.DropReceived(int.MaxValue);
        Server.Faults.DropSent(int.MaxValue);
        return Task.CompletedTask;
    }

    public override Task RestoreAsync()
    {
        Server.Faults.DropReceived(0);
        Server.Faults.DropSent(0);
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _transport.Dispose();
    }
}
