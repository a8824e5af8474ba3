using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks;
using Lwm2m.Client;
using Lwm2m.Samples;
using Lwm2m.Transport;

namespace Lwm2m.Bearers.Tests;

/// <summary>Sockets on loopback.</summary>
public sealed class UdpBench : Bench
{
    private readonly UdpTransport _transport = new();
    private readonly UdpFront? _front;

    [SetsRequiredMembers]
    public UdpBench(bool isWrapped = false)
    {
        Server = LocalServer.Start(new LocalServerOptions { Port = 0, AwakeMs = ManagementSuite.ServerAwakeMs });
        _front = isWrapped ? new UdpFront(Server.EndPoint) : null;
    }

    public override string Uri => _front == null ? Server.Uri : "coap://" + _front.EndPoint;

    public override char Binding => 'U';

    public static Task<Bench> MakeAsync(bool isWrapped = false) => Task.FromResult<Bench>(new UdpBench(isWrapped));

    public override void Configure(ClientOptions options)
    {
        if (_front != null)
            options.Sessions = new WrappedSessions();
    }

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
        _front?.Dispose();
    }
}
