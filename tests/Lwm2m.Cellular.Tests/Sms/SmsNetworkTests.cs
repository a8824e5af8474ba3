using System;
using System.Linq;
using System.Text;
using Lwm2m.Client;
using Lwm2m.Formats;
using Lwm2m.Samples.ModemSimulator;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Sms;

/// <summary>A client, a simulated modem, its network and a server, on a clock that stands still: both ways, with all that happens to short messages.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SmsNetworkTests
{
    private const string Number = "+491700000001";
    private const string DeviceNumber = "491701234567";

    private readonly SimulatedClock _clock = new();
    private readonly NearServer _server = new();
    private CellularNetwork _network = null!;
    private SimulatedModem _simulated = null!;
    private SimulatorPort _port = null!;
    private CellularModem _modem = null!;
    private Lwm2mClient _client = null!;
    private int _requests;

    [TearDown]
    public void End()
    {
        _simulated.Dispose();
        _network.Dispose();
    }

    [Test]
    public void Long_messages_arrive_whole_though_their_parts_come_twice_and_in_any_order([Values(1, 2, 3, 4)] int seed)
    {
        Start(new CellularNetworkOptions
        {
            Time = _clock, Seed = seed, SmsDelay = TimeSpan.FromSeconds(3), SmsReordering = 0.5, SmsDuplication = 0.4,
        });
        Assert.That(RunUntil(() => State == RegistrationState.Registered, 300), Is.True);
        Assert.That(_server.Registrations, Is.GreaterThanOrEqualTo(1));
        for (int round = 0; round < 5; round++)
        {
            string text = new((char)('a' + round), 300 + round);
            Assert.That(Encoding.ASCII.GetString(Ask(0x03, "B433333033" + "0130" + "0435373530" + "10FF", text)).Length, Is.EqualTo(5));
            Assert.That(Encoding.ASCII.GetString(Ask(0x01, "B433333033" + "0130" + "0435373530" + "60", "")), Does.EndWith(text));
        }
    }

    [Test]
    public void A_network_that_loses_messages_only_delays([Values(1, 2, 3)] int seed)
    {
        Start(new CellularNetworkOptions { Time = _clock, Seed = seed, SmsDelay = TimeSpan.FromSeconds(2), SmsLoss = 0.3 });
        Assert.That(RunUntil(() => State == RegistrationState.Registered, 7200), Is.True);
        _network.Options.SmsLoss = 0;
        Run(600);
        Assert.That(Encoding.ASCII.GetString(Ask(0x01, "B433333033" + "0130" + "0435373030", "")), Does.EndWith("21.5"));
    }

    [Test]
    public void A_report_that_was_lost_comes_again_when_the_modem_reports_anew()
    {
        Start(new CellularNetworkOptions { Time = _clock });
        _simulated.Faults.LoseNextUrc("+CMT:");
        Assert.That(RunUntil(() => State == RegistrationState.Registered, 150), Is.True);
        Assert.That(_server.Registrations, Is.EqualTo(1));
        Assert.That(Encoding.ASCII.GetString(Ask(0x01, "B433333033" + "0130" + "0435373030", "")), Does.EndWith("21.5"));
    }

    [Test]
    public void A_modem_that_starts_anew_while_it_sends_is_set_up_again()
    {
        Start(new CellularNetworkOptions { Time = _clock });
        _simulated.Faults.ResetInNext("+CMGS");
        Assert.That(RunUntil(() => State == RegistrationState.Registered, 600), Is.True);
        Assert.That(Encoding.ASCII.GetString(Ask(0x01, "B433333033" + "0130" + "0435373030", "")), Does.EndWith("21.5"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_trigger_of_the_network_wakes_a_client_that_sleeps(bool wapPush)
    {
        Start(new CellularNetworkOptions { Time = _clock }, true);
        Assert.That(RunUntil(() => State == RegistrationState.Asleep, 300), Is.True);
        _client.Servers.Set(0, ServerResource.Trigger, true);
        _network.SendTrigger(DeviceNumber, Convert.FromHexString("4402B60B2161FB63B13101300138"), wapPush, "+491700000009");
        Run(30);
        Assert.That(_server.Updates, Is.Zero, "of a stranger");
        _network.SendTrigger(DeviceNumber, Convert.FromHexString("4402B60B2161FB63B13101300138"), wapPush, Number);
        Assert.That(RunUntil(() => _server.Updates == 1, 60), Is.True);
        Assert.That(_server.Answers, Is.Empty);
    }

    private RegistrationState State => _client.Account(0).State;

    private void Start(CellularNetworkOptions options, bool sleeps = false)
    {
        _network = new CellularNetwork(options);
        _network.AddSmsApplication(Number, _server.Open);
        _simulated = new SimulatedModem(new SimulatedModemOptions { Network = _network, Number = DeviceNumber });
        _port = new SimulatorPort(_simulated);
        _modem = new CellularModem(_port, new ModemOptions());
        _client = new Lwm2mClient(new ClientOptions("urn:imei:490154203237518") { SmsNumber = DeviceNumber, QueueMode = sleeps, AwakeMs = 20_000 }, new FixedRandom());
        _client.AddServer("tel:" + Number);
        StoredObject sensor = new(new ObjectDefinition(3303, "1.0", Resource.ReadOnly(5700, DataType.Float), Resource.ReadWrite(5750, DataType.String)));
        sensor.AddInstance(0);
        sensor.Set(0, 5700, 21.5);
        _client.Add(sensor);
        _client.UseTransport(new SmsTransport(_modem) { Client = _client });
        _client.Start();
    }

    /// <summary>Sends a request with the next id, and answers its response.</summary>
    private byte[] Ask(int code, string options, string payload)
    {
        _requests++;
        byte[] request = [0x41, (byte)code, 0x50, (byte)_requests, (byte)_requests, .. Convert.FromHexString(options), .. Encoding.ASCII.GetBytes(payload)];
        _server.Answers.Clear();
        _server.Request(request);
        Assert.That(RunUntil(() => _server.Answers.Count > 0, 300), Is.True, "request " + _requests);
        Run(30);
        Assert.That(_server.Answers.Select(Convert.ToHexString).Distinct().Count(), Is.EqualTo(1), "a repeat is answered by the same bytes");
        Assert.That(_server.Answers[0][2..5], Is.EqualTo(request[2..5]));
        return _server.Answers[0];
    }

    private void Run(int seconds) => RunUntil(() => false, seconds);

    private bool RunUntil(Func<bool> isDone, int seconds)
    {
        long end = _clock.NowMs + seconds * 1000L;
        while (_clock.NowMs < end && !isDone())
        {
            long now = _clock.NowMs;
            bool more = _modem.Pump(_client, now);
            long due = Math.Min(_client.Poll(now), _modem.DueMs);
            if (more || _port.HasOutput || due <= now)
                continue;
            _clock.Advance(TimeSpan.FromMilliseconds(Math.Min(due - now, 200)));
        }

        return isDone();
    }
}
