using System;
using Lwm2m.Client;
using Lwm2m.Formats;
using Lwm2m.Transport;

namespace Lwm2m.Simulation;

/// <summary>
/// The device: the real client in the place of its runner, with everything that it is handed. It is switched on, loses its power in the
/// middle of anything, and is switched on again.
/// </summary>
internal sealed partial class Device : IWakeUp, IWallClock, IPower
{
    private readonly Scenario _scenario;
    private readonly Dice _dice;
    private Lwm2mClient? _client;
    private Probe? _probe;
    private long _pollAtMs = long.MaxValue;
    private bool _isPowerGone;
    private long _silentUntilMs;
    private long _wallOffsetMs = 1_700_000_000_000;

    public Device(World world)
    {
        World = world;
        _scenario = world.Scenario;
        _dice = new Dice((ulong)_scenario.Seed * 3 + 2);
        for (int index = 0; index < _links.Length; index++)
            _links[index] = new Link();
        Disk = new Disk(this, _scenario.Seed);
        Ledger = new Ledger(this);
    }

    public World World { get; }

    public string Endpoint => "urn:dev:os:32473-" + _scenario.Seed;

    public Disk Disk { get; }

    public Ledger Ledger { get; }

    public bool IsOn => _client != null;

    public Lwm2mClient Client => _client!;

    public Probe Probe => _probe!;

    /// <summary>Times that the engine said that the device may sleep.</summary>
    public int Sleeps { get; private set; }

    /// <summary>The limit of the client's table.</summary>
    public int MostObservations { get; private set; }

    /// <summary>Times that it was switched on.</summary>
    public int Boots { get; private set; }

    long IWallClock.UnixMs => World.Agenda.NowMs + _wallOffsetMs;

    public static string UriOf(int server) => "coap://s" + (server + 1) + ".example:5683";

    public void Boot()
    {
        if (IsOn)
            return;
        Boots++;
        _silentUntilMs = 0;
        Disk.Files.PowerUp();
        _isPowerGone = false;
        _answered.Clear();
        _sending.Clear();
        World.Note("device: power on, boot " + Boots);
        var client = new Lwm2mClient(Options(), new RunDice((ulong)_scenario.Seed * 7919, Boots));
        if (_scenario.Bootstrap)
            client.AddBootstrapServer("coap://bs.example:5683", _scenario.HoldOffSeconds);
        for (int server = 0; server < _scenario.Servers && !_scenario.Bootstrap; server++)
        {
            client.AddServer(UriOf(server), server + 1, _scenario.LifetimeSeconds);
            if (_scenario.RetryTimers)
                SetRetryTimers(client.Servers, server);
        }

        _probe = new Probe(this);
        client.Add(_probe);
        client.Listener = new DeviceListener(this);
        client.UseTransport(this);
        client.AttachRunner(this);
        _client = client;
        _pollAtMs = long.MaxValue;
        client.Start();
        if (_scenario.Storage && Boots > 1)
            Ledger.Check();
        else
            Ledger.StartAnew();
        Poll();
    }

    /// <summary>Cuts the power in the middle of something that is written to the disk, or else when the time is over.</summary>
    public void CutPowerWithin(long ms)
    {
        if (!IsOn)
            return;
        Disk.Files.CutAtStep = Disk.Files.Steps + _dice.Between(0, 500);
        int boot = Boots;
        World.Agenda.In(ms, () =>
        {
            if (boot == Boots && World.IsStorm)
                CutPower();
        });
    }

    /// <summary>The power is gone: nothing is said, nothing is kept but what lies in storage. It comes back soon.</summary>
    public void CutPower()
    {
        if (!IsOn)
            return;
        PowerIsGone();
        World.Note("device: power cut");
        _client = null;
        _probe = null;
        World.Agenda.In(_dice.Between(100, 60_000), Boot);
        foreach (Link link in _links)
            Shut(link);
    }

    /// <summary>From here on nothing that the engine does has an effect.</summary>
    public void PowerIsGone()
    {
        if (_isPowerGone || !IsOn)
            return;
        _isPowerGone = true;
        Ledger.Cut();
        ForgetAttributesUnderWay();
        Disk.Files.CutPower();
    }

    /// <summary>The disk takes nothing more for a while, or only a little.</summary>
    public void FillDisk(long forMs)
    {
        World.Note("device: the disk is full for " + forMs / 1000 + " s");
        if (_dice.Chance(30))
            Disk.Files.IsReadOnly = true;
        else
            Disk.Files.Room = Disk.Used + _dice.Between(0, 100);
        World.Agenda.In(forMs, EmptyDisk);
    }

    public void EmptyDisk()
    {
        Disk.Files.IsReadOnly = false;
        Disk.Files.Room = int.MaxValue;
    }

    /// <summary>The application measures something new.</summary>
    public void ChangeValue(int instance)
    {
        if (!IsOn)
            return;
        Stir();
        long number = World.NextNumber();
        World.Note("device: /33000/" + instance + "/0 = " + number);
        _probe!.Set(instance, Probe.Counter, number);
    }

    public long Value(int instance)
    {
        _probe!.GetInteger(instance, Probe.Counter, out long value);
        return value;
    }

    /// <summary>The application wants its servers anew.</summary>
    public void Bootstrap()
    {
        if (!IsOn)
            return;
        Stir();
        _client!.Bootstrap();
    }

    /// <summary>The application wakes the client.</summary>
    public void WakeUp()
    {
        Stir();
        _client!.WakeUp();
    }

    /// <summary>The application wants its registrations refreshed.</summary>
    public void Update()
    {
        Stir();
        _client!.Update();
    }

    // Something happens that the engine could not know of when it said how long the device may sleep.
    private void Stir() => _silentUntilMs = 0;

    /// <summary>Somebody sets the clock of the device.</summary>
    public void JumpClock(long byMs)
    {
        World.Note("device: clock jumps by " + byMs / 1000 + " s");
        _wallOffsetMs += byMs;
    }

    public void Wake()
    {
        long before = BeginOwn();
        PollAt(World.Agenda.NowMs);
        EndOwn(before);
    }

    public void MaySleep(long milliseconds)
    {
        Sleeps++;
        _silentUntilMs = milliseconds > long.MaxValue / 2 ? long.MaxValue : World.Agenda.NowMs + milliseconds;
    }

    private ClientOptions Options()
    {
        Limits limits = _scenario.Board ? Limits.ForBoard() : Limits.ForHost();
        limits.Servers = _scenario.Servers;
        MostObservations = limits.Observations;
        limits.AccountValues = 24 * _scenario.Servers + 8;
        // Large buffers are no matter of this: a world is to be cheap.
        limits.Coap.MaxPayloadBytes = Math.Min(limits.Coap.MaxPayloadBytes, 4096);
        limits.Coap.DedupEntries = 128;
        limits.Coap.DedupBytes = 16384;
        return new ClientOptions(Endpoint)
        {
            HighestVersion = _scenario.Version,
            Limits = limits,
            LocalPort = _scenario.LocalPort,
            AckTimeoutMs = _scenario.AckTimeoutMs,
            FirstRetrySeconds = _scenario.FirstRetrySeconds,
            LongestRetrySeconds = _scenario.LongestRetrySeconds,
            QueueMode = _scenario.QueueMode,
            AwakeMs = _scenario.AwakeMs,
            WakesToNotify = _scenario.WakesToNotify,
            Power = this,
            WallClock = this,
            Storage = _scenario.Storage ? new FileStorage(Disk) : null,
        };
    }

    private static void SetRetryTimers(ServerObject servers, int instance)
    {
        servers.Set(instance, ServerResource.CommunicationRetryCount, 3UL);
        servers.Set(instance, ServerResource.CommunicationRetryTimer, 5UL);
        servers.Set(instance, ServerResource.CommunicationSequenceDelayTimer, 600UL);
        servers.Set(instance, ServerResource.CommunicationSequenceRetryCount, 2UL);
    }

    private void PollAt(long atMs)
    {
        if (atMs >= _pollAtMs)
            return;
        _pollAtMs = atMs;
        int boot = Boots;
        World.Agenda.At(atMs, () =>
        {
            if (boot != Boots || !IsOn || _pollAtMs != atMs)
                return;
            Poll();
        });
    }
}
