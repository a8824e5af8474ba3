using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>
/// A modem that speaks AT as one of <see cref="ModemProfiles"/>. Bytes go in by <see cref="Receive"/> and come out by <see cref="Output"/>,
/// or both through a stream, a TCP port or a pseudo-terminal. Any thread may use it. It is on from the start.
/// </summary>
public sealed partial class SimulatedModem : IDisposable, ISubscriber
{
    private readonly List<ModemFeature> _features = [];
    private readonly List<IDisposable> _hosts = [];
    private bool _isDisposed;

    /// <summary>Makes a modem and switches it on.</summary>
    /// <param name="options">What it is.</param>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public SimulatedModem(SimulatedModemOptions options)
    {
        Options = options;
        Profile = ModemProfiles.Find(options.Profile);
        Faults = new ModemFaults(options.Seed);
        Radio = new Radio(this);
        Contexts = new ContextFeature(this);
        Messages = new SmsFeature(this);
        _features.AddRange([new BasicFeature(this), new RegistrationFeature(this), new PowerSavingFeature(this), Contexts, Messages]);
        if (Profile.MaxControlPlaneData > 0)
            _features.Add(new ControlPlaneFeature(this));
        _features.AddRange(Profile.Features(this));
        Loop.Run(() =>
        {
            Network.Add(this);
            Start();
            _isOn = true;
            Radio.Evaluate();
        });
    }

    /// <summary>Bytes for the host, called outside of all locks and in order. Whoever uses the modem without a stream listens here.</summary>
    public event Action<ReadOnlyMemory<byte>>? Output;

    /// <summary>What it is.</summary>
    public SimulatedModemOptions Options { get; }

    /// <summary>Trouble on demand.</summary>
    public ModemFaults Faults { get; }

    /// <summary>What crossed the air.</summary>
    public TrafficCounters Traffic { get; } = new();

    /// <summary>The network that it is in.</summary>
    public CellularNetwork Network => Options.Network;

    /// <summary>State of its SIM.</summary>
    public SimState Sim { get; internal set; }

    /// <summary>Whether it is registered in the network.</summary>
    public bool IsRegistered => Loop.Ask(() => Radio.IsRegistered);

    /// <summary>Whether it has a connection to the network (+CSCON: 1), not idle.</summary>
    public bool IsConnected => Loop.Ask(() => Radio.IsConnected);

    /// <summary>Whether it is in power saving mode, where the network cannot reach it.</summary>
    public bool IsAsleep => Loop.Ask(() => Radio.IsAsleep);

    /// <summary>Whether there is a network around it. Without, it searches (+CEREG: 2), and comes back by itself.</summary>
    public bool HasCoverage
    {
        get => Loop.Ask(() => Radio.HasCoverage);
        set => Loop.Run(() =>
        {
            Radio.HasCoverage = value;
            Radio.Evaluate();
        });
    }

    /// <summary>Its number, digits alone.</summary>
    public string Number => PhoneNumber.Normalise(Options.Number);

    internal ModemProfile Profile { get; }

    internal SimulationLoop Loop => Network.Loop;

    internal Radio Radio { get; }

    internal ContextFeature Contexts { get; }

    internal SmsFeature Messages { get; }

    internal IReadOnlyList<ModemFeature> Features => _features;

    /// <summary>Bytes from the host.</summary>
    /// <param name="data">As many as there are.</param>
    public void Receive(ReadOnlySpan<byte> data)
    {
        byte[] copy = data.ToArray();
        Loop.Run(() => Arrive(copy));
    }

    /// <summary>Opens the modem as a stream in this process. What it says from now on is read there.</summary>
    public Stream OpenStream() => Loop.Ask(() => Host(new ModemStream(this)));

    /// <summary>Opens the modem as a TCP port on the loopback address, one connection at a time.</summary>
    /// <param name="port">Port; 0 takes a free one.</param>
    /// <returns>Where it listens.</returns>
    public IPEndPoint ListenTcp(int port = 0) => Loop.Ask(() => Host(new TcpSerialServer(this, port))).EndPoint;

    /// <summary>Opens the modem as a pseudo-terminal; Linux alone.</summary>
    /// <returns>Path of the terminal that a program opens as its serial port.</returns>
    public string OpenTerminal() => Loop.Ask(() => Host(new PseudoTerminal(this))).Path;

    /// <summary>Takes coverage away for a time.</summary>
    /// <param name="time">How long, by the network's clock.</param>
    public void LoseCoverage(TimeSpan time)
    {
        HasCoverage = false;
        Loop.Run(() => Loop.After(time, () =>
        {
            Radio.HasCoverage = true;
            Radio.Evaluate();
        }));
    }

    /// <summary>Resets it as a watchdog or a brown-out does, whatever it is doing.</summary>
    public void Reset() => Loop.Run(Restart);

    /// <summary>Switches echo over, as a modem does that lost its settings.</summary>
    public void FlipEcho() => Loop.Run(() => Echo = !Echo);

    /// <summary>Switches it off and closes its ports.</summary>
    public void Dispose()
    {
        IDisposable[] hosts = [];
        Loop.Run(() =>
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            Stop();
            Network.Remove(this);
            hosts = [.. _hosts];
        });
        foreach (IDisposable host in hosts)
            host.Dispose();
    }

    void ISubscriber.Page(Action deliver) => Radio.Page(deliver);

    void ISubscriber.Deliver(ShortMessage message, Action<bool> acknowledged) => Messages.Deliver(message, acknowledged);

    internal void Log(string text)
    {
        if (Options.Log is { } log)
            Loop.Tell(() => log(text));
    }

    internal T Feature<T>() where T : ModemFeature => _features.OfType<T>().First();

    internal void OnDetached()
    {
        foreach (ModemFeature feature in _features)
            feature.OnDetached();
    }

    internal void OnNonIp(PacketContext context, byte[] data)
    {
        if (!_features.Any(f => f.OnNonIp(context, data)))
            Log($"non-IP packet of {data.Length} octets on context {context.Cid} dropped: nothing asked for it");
    }

    private T Host<T>(T host) where T : IDisposable
    {
        _hosts.Add(host);
        return host;
    }
}
