using System;
using System.Collections.Generic;
using Lwm2m.Samples.ModemSimulator;
using Lwm2m.Transport;

namespace Lwm2m.Cellular.Tests;

/// <summary>A modem machine and the simulated modem that it drives, on one clock. Notes what the machine tells.</summary>
internal sealed class SimulatorBed : IModemListener, ILinkEvents, IDisposable
{
    private const int LongestStepMs = 100;

    public SimulatorBed(string profile, ModemOptions options, Action<SimulatedModemOptions>? change = null)
    {
        Network = new CellularNetwork(new CellularNetworkOptions { Time = Clock, RegistrationDelay = TimeSpan.FromSeconds(3) });
        SimulatedModemOptions simulated = new() { Network = Network, Profile = profile };
        change?.Invoke(simulated);
        Modem = new SimulatedModem(simulated);
        Machine = new CellularModem(new SimulatedPort(Modem), options) { Listener = this };
    }

    public SimulatedClock Clock { get; } = new();

    public CellularNetwork Network { get; }

    public SimulatedModem Modem { get; }

    public CellularModem Machine { get; }

    public List<string> Heard { get; } = [];

    public void Advance(TimeSpan time)
    {
        long end = Clock.NowMs + (long)time.TotalMilliseconds;
        while (true)
        {
            Settle();
            long left = end - Clock.NowMs;
            if (left <= 0)
                return;
            long step = Math.Clamp(Machine.DueMs - Clock.NowMs, 1, LongestStepMs);
            Clock.Advance(TimeSpan.FromMilliseconds(Math.Min(step, left)));
        }
    }

    public void OnModemState(ModemState state, long nowMs) => Heard.Add($"state {state}");

    public void OnModemStatus(long nowMs)
    {
    }

    public void OnModemFailure(ModemFailure reason, string text, long nowMs) => Heard.Add($"failure {reason}");

    public void LinkUp(int link, long nowMs)
    {
    }

    public void LinkDown(int link, LinkFailure reason, long nowMs)
    {
    }

    public void Received(int link, byte[] buffer, int offset, int count, long nowMs)
    {
    }

    public void ReceivedTooLarge(int link, byte[] buffer, int offset, int count, long nowMs)
    {
    }

    public void Recovered(long nowMs)
    {
    }

    public long Poll(long nowMs) => long.MaxValue;

    public void Dispose()
    {
        Modem.Dispose();
        (Network as IDisposable)?.Dispose();
    }

    private void Settle()
    {
        for (int round = 0; round < 10000; round++)
            if (!Machine.Pump(this, Clock.NowMs) && Machine.DueMs > Clock.NowMs)
                return;
        throw new InvalidOperationException("The machine does not come to rest.");
    }
}
