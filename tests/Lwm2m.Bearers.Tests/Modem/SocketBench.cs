using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks;
using Lwm2m.Cellular;
using Lwm2m.Client;

namespace Lwm2m.Bearers.Tests;

/// <summary>The modem's own UDP or TCP sockets.</summary>
public sealed class SocketBench : ModemBench
{
    private readonly ModemSocketTransport _transport;
    private readonly TcpFront? _tcp;

    [SetsRequiredMembers]
    public SocketBench(string profile, char binding, bool isSecured = false)
        : base(profile, isSecured && binding == 'U')
    {
        Binding = binding;
        IsWrapped = isSecured;
        _tcp = binding == 'T' && isSecured ? new TcpFront(Server.EndPoint) : null;
        _transport = new ModemSocketTransport(Modem, new ModemSocketOptions { Profile = ModemProfile.Find(profile), Binding = binding, AckTimeoutMs = 2000 });
    }

    public bool IsWrapped { get; }

    public override string Uri => Binding == 'U' ? "coap://" + Front : _tcp == null ? Server.TcpUri! : "coap+tcp://" + _tcp.EndPoint;

    public override char Binding { get; }

    public static Task<Bench> MakeAsync(string profile, char binding, bool isSecured = false) =>
        Task.FromResult<Bench>(new SocketBench(profile, binding, isSecured));

    public override void Configure(ClientOptions options)
    {
        if (IsWrapped)
            options.Sessions = new WrappedSessions();
    }

    public override void Connect(Lwm2mClient client) => client.UseTransport(_transport);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _tcp?.Dispose();
    }
}
