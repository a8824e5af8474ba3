using System;
using System.Collections.Generic;
using System.Linq;
using Lwm2m.Cellular;
using Lwm2m.Client;
using Lwm2m.Coap;
using Lwm2m.Samples.ModemSimulator;

namespace Lwm2m.Bearers.Tests;

/// <summary>
/// A client over a modem in a network, and its server, in one thread on a clock that stands until it is told to go on. What goes wrong, and when, comes from
/// one seed.
/// </summary>
internal sealed partial class FaultWorld : IMessageTrace, IDisposable
{
    private const string ServerNumber = "+491700000001";
    private const string ApnName = "lwm2m.nidd";
    private const string Address = "192.0.2.1";
    private const int LifetimeSeconds = 600;
    private const int LogLines = 400;

    /// <summary>After the last fault the client must be registered within: an Update comes in time, may wait for its answer, and then attempts to register follow.</summary>
    private const long RecoveryMs = 45 * 60_000;

    private readonly SimulatedClock _clock = new();
    private readonly Random _random;
    private readonly CellularNetwork _network;
    private readonly SimulatedModem _modem;
    private readonly FaultPort _port;
    private readonly CountingTemperature _temperature = new();
    private readonly CoapMessage _message = new();
    private readonly Queue<string> _log = new();
    private FaultServer? _server;
    private FaultRequest? _observed;
    private long _nextAskMs;
    private int _waves;
    private bool _notesNothing;

    public FaultWorld(char bearer, int seed, FaultKinds kinds, NonIpApnOptions? apn = null, int reserve = -1)
    {
        Bearer = bearer;
        Seed = seed;
        Kinds = kinds;
        _random = new Random(seed * 2 + bearer);
        bool isLate = Has(FaultKinds.Reorders);
        _network = new CellularNetwork(new CellularNetworkOptions
        {
            Time = _clock,
            Seed = seed,
            RegistrationDelay = TimeSpan.FromSeconds(_random.Next(10)),
            SmsDelay = TimeSpan.FromMilliseconds(isLate ? _random.Next(10_000) : 0),
            PacketDelay = TimeSpan.FromMilliseconds(isLate ? _random.Next(3000) : 0),
        });
        _modem = new SimulatedModem(new SimulatedModemOptions
        {
            Network = _network,
            Profile = ProfileOf(bearer),
            Seed = seed,
            Baud = Has(FaultKinds.SlowLine) ? 9600 : 0,
            Log = line => Note(line.StartsWith("reset", StringComparison.Ordinal), line),
        });
        _port = new FaultPort(_modem);
        Modem = new CellularModem(_port, new ModemOptions { LineBytes = 1500, RadioOffCommand = bearer == 'N' ? "AT+CFUN=0" : null });
        var options = new ClientOptions("lamp") { Trace = this, LongestRetrySeconds = 60 };
        Client = new Lwm2mClient(options, new FaultRandom(seed));
        Client.Add(new DeviceObject("Example", "Model 1", "0001", "1.0"));
        Client.Add(_temperature);
        switch (bearer)
        {
            case 'S':
                _network.AddSmsApplication(ServerNumber, Serve);
                Client.AddServer("tel:" + ServerNumber, 1, LifetimeSeconds, "S");
                Client.UseTransport(new SmsTransport(Modem) { Client = Client });
                break;
            case 'N':
                Apn = _network.AddNonIpApn(ApnName, Serve, apn);
                Client.AddServer("coap+nidd://" + ApnName, 1, LifetimeSeconds, "N");
                Client.UseTransport(new NonIpTransport(Modem, new NonIpOptions { Apn = ApnName, ReserveMessages = reserve }));
                break;
            default:
                _network.AddUdpServer(Address, 5683, Serve);
                Client.AddServer("coap://" + Address, 1, LifetimeSeconds, "U");
                Client.UseTransport(new ModemSocketTransport(Modem, new ModemSocketOptions { Profile = ModemProfile.Find(ProfileOf(bearer)) }));
                break;
        }
    }

    public char Bearer { get; }

    public int Seed { get; }

    public FaultKinds Kinds { get; }

    public CellularModem Modem { get; }

    public NonIpApn? Apn { get; }

    public Lwm2mClient Client { get; }

    public FaultServer? Server => _server;

    public int Resets { get; private set; }

    /// <summary>Bytes that the client and what is below it allocated in the rounds so far.</summary>
    public long Allocated { get; set; }

    /// <summary>How long it took to be registered again after the last fault.</summary>
    public long RecoveredInMs { get; private set; }

    public long VirtualMs { get; private set; }

    public int Exchanges => _server?.Requests.Count() ?? 0;

    /// <summary>Faults that were counted, each of which may have cost an answer.</summary>
    public int Losses => _network.LostShortMessages + _modem.Faults.LostUrcs + Resets + _waves;

    private long NowMs => _clock.NowMs;

    private ServerAccount Account => Client.Account(0);

    /// <summary>A storm, then calm: see <see cref="FaultTests"/>.</summary>
    public void Live()
    {
        long startMs = NowMs;
        Client.Start();
        bool isStormyFromTheStart = _random.Next(2) == 0;
        if (isStormyFromTheStart)
            Raise();
        else
            RunUntil(() => Account.IsRegistered, RecoveryMs, "registered at first");
        Raise();
        Storm(TimeSpan.FromMinutes(10 + _random.Next(20)));
        Calm();
        VirtualMs = NowMs - startMs;
        Check();
    }

    /// <summary>Lets time pass, with requests every minute or so.</summary>
    public void Run(long ms)
    {
        long endMs = NowMs + ms;
        while (true)
        {
            long dueMs = Settle();
            if (NowMs >= endMs)
                return;
            AskWhenDue();
            dueMs = Math.Min(Math.Min(dueMs, endMs), _asksNothing ? endMs : Math.Max(_nextAskMs, NowMs + 1000));
            TimeSpan step = TimeSpan.FromMilliseconds(Math.Max(1, dueMs - NowMs));
            if (_clock.NextTimer is { } next && next - _clock.GetUtcNow() < step)
                step = next > _clock.GetUtcNow() ? next - _clock.GetUtcNow() : TimeSpan.Zero;
            _clock.Advance(step);
        }
    }

    public void RunUntil(Func<bool> holds, long patienceMs, string what)
    {
        long endMs = NowMs + patienceMs;
        while (!holds())
        {
            if (NowMs >= endMs)
                Fail($"not {what} within {patienceMs / 1000} s");
            Run(1000);
        }
    }

    /// <summary>What happened last, for a test that fails.</summary>
    public string Explain() => string.Join(Environment.NewLine, _log);

    public void Message(ServerAccount? server, bool isOutgoing, byte[] buffer, int offset, int count, long nowMs)
    {
        // It is asked within the rounds that are measured.
        if (_notesNothing)
            return;
        Note(false, (isOutgoing ? "client sends " : "client hears ") + Convert.ToHexString(buffer, offset, count));
        if (_message.Parse(buffer, offset, count) != CoapParseStatus.Ok || _message.TokenLength != 4 || _server == null)
            return;
        uint token = BitConverter.ToUInt32(buffer, _message.TokenOffset);
        FaultRequest? request = _server.Find(token);
        if (request == null)
            return;
        if (isOutgoing && (_message.Observe < 0 || _message.Type == CoapType.Acknowledgement))
            request.AnswersSent++;
        else if (!isOutgoing && _message.Code is > 0 and < 0x20)
        {
            request.Hear(nowMs);
            if (Account.IsRegistered)
                request.Copies++;
        }
    }

    public void Dispose()
    {
        _modem.Dispose();
        _network.Dispose();
    }

    // U reads what its modem has, P is pushed it.
    private static string ProfileOf(char bearer) => bearer switch { 'U' => "bg95", 'P' => "bc66", _ => "generic" };

    // A socket that was opened anew is another way to the same server.
    private FaultServer Serve(string device, Action<byte[]> received)
    {
        _server ??= new FaultServer();
        _server.Reply = received;
        return _server;
    }

    private bool Has(FaultKinds kind) => (Kinds & kind) != 0;

    private void Note(bool isReset, string line)
    {
        if (isReset)
            Resets++;
        _log.Enqueue($"{(NowMs - new DateTime(2026, 1, 1).Ticks / TimeSpan.TicksPerMillisecond) / 1000.0,10:0.000} {line}");
        if (_log.Count > LogLines)
            _log.Dequeue();
    }

    /// <summary>All that can be done now is done.</summary>
    /// <returns>When the client or the modem has something to do again.</returns>
    private long Settle()
    {
        for (int round = 0; round < 20_000; round++)
        {
            long nowMs = NowMs;
            long before = GC.GetAllocatedBytesForCurrentThread();
            bool isMore = Modem.Pump(Client, nowMs);
            long dueMs = Math.Min(Client.Poll(nowMs), Modem.DueMs);
            Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            isMore |= _port.Flush();
            if (!isMore && !_port.HasInput && dueMs > nowMs)
                return dueMs;
        }

        Fail("the client does not come to rest");
        return 0;
    }

    private void Fail(string what) => throw new FaultException(
        $"{what}. Replay: LWM2M_FAULT={Bearer}{Seed}. Faults: {Kinds}; the modem is {Modem.State}, the client {Account.State} ({Account.LastFailure}), " +
        $"{Resets} resets.{Environment.NewLine}{Explain()}");
}
