using System;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Threading.Tasks;
using Lwm2m.Cellular;
using Lwm2m.Client;
using Lwm2m.Samples;
using Lwm2m.Samples.ModemSimulator;

namespace Lwm2m.Bearers.Tests;

/// <summary>A simulated modem in a simulated network, joined to the client by the pump of serial ports, in real time and without delays.</summary>
public abstract class ModemBench : Bench
{
    private readonly UdpFront? _front;
    private readonly long _startMs = Environment.TickCount64;

    [SetsRequiredMembers]
    protected ModemBench(string profile, bool isSecured)
    {
        Profile = profile;
        Server = LocalServer.Start(new LocalServerOptions { Port = 0, TcpPort = 0, AwakeMs = ManagementSuite.ServerAwakeMs, BlockSize = BlockSizeFor(profile) });
        _front = isSecured ? new UdpFront(Server.EndPoint) : null;
        IsSecured = isSecured;
        Simulated = new SimulatedModem(new SimulatedModemOptions { Profile = profile, Network = Network, Log = Note });
        Modem = new CellularModem(new SerialPump(new StreamPort(Simulated)), new ModemOptions { LineBytes = 1600, MaxServices = 4, MaxData = 8, RadioOffCommand = "AT+CFUN=0" });
    }

    public string Profile { get; }

    public bool IsSecured { get; }

    public CellularNetwork Network { get; } = new();

    /// <summary>The modem on the other side of the line.</summary>
    public SimulatedModem Simulated { get; }

    /// <summary>What was said on the line, for a test that fails.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    public CellularModem Modem { get; }


    /// <summary>Where the network finds the server.</summary>
    protected IPEndPoint Front => _front == null ? Server.EndPoint : _front.EndPoint;

    public override void Configure(ClientOptions options)
    {
        if (IsSecured)
            options.Sessions = new WrappedSessions();
    }

    public override Task LoseAsync()
    {
        Simulated.HasCoverage = false;
        return Task.CompletedTask;
    }

    public override Task RestoreAsync()
    {
        Simulated.HasCoverage = true;
        return Task.CompletedTask;
    }

    public override string Explain() => string.Join(Environment.NewLine, Log);

    public override async ValueTask DisposeAsync()
    {
        Simulated.Dispose();
        Network.Dispose();
        _front?.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    // What reads at most 512 bytes at a time cannot take a block of 1024, and over UDP no server can know that.
    private static int BlockSizeFor(string profile) => profile.StartsWith("sara", StringComparison.Ordinal) ? 256 : 1024;

    private void Note(string line) => Log.Enqueue($"{Environment.TickCount64 - _startMs,6} {line}");
}
