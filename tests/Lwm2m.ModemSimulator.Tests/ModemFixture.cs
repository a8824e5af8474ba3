using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using Lwm2m.Samples.ModemSimulator;
using NUnit.Framework;

namespace Lwm2m.ModemSimulator.Tests;

/// <summary>A modem on a clock that stands still, a network around it, and servers that note what they get.</summary>
public abstract class ModemFixture
{
    protected const string Number = "491701234567", ServerNumber = "+12125550178", Apn = "lwm2m.nidd";

    private readonly StringBuilder _said = new();
    private readonly List<SimulatedModem> _modems = [];

    protected SimulatedClock Clock { get; private set; } = null!;

    protected CellularNetwork Network { get; private set; } = null!;

    protected FakeServer SmsServer { get; private set; } = null!;

    protected FakeServer NonIpServer { get; private set; } = null!;

    protected NonIpApn NonIp { get; private set; } = null!;

    protected SimulatedModem Modem { get; private set; } = null!;

    /// <summary>How long an answer may take. Without threads there is none to wait for.</summary>
    protected virtual TimeSpan Patience => TimeSpan.Zero;

    [SetUp]
    public void MakeNetwork()
    {
        Clock = new SimulatedClock(new DateTimeOffset(2026, 11, 21, 2, 15, 0, TimeSpan.Zero));
        Network = new CellularNetwork(new CellularNetworkOptions { Time = Clock, ServiceCentre = "" });
        SmsServer = new FakeServer();
        NonIpServer = new FakeServer();
        Network.AddSmsApplication(ServerNumber, SmsServer.Open);
        NonIp = Network.AddNonIpApn(Apn, NonIpServer.Open);
        _said.Clear();
    }

    [TearDown]
    public void EndNetwork()
    {
        foreach (SimulatedModem modem in _modems)
            modem.Dispose();
        _modems.Clear();
        Network.Dispose();
    }

    /// <summary>Starts a modem; echo is switched off already unless told otherwise.</summary>
    protected SimulatedModem Start(string profile = "generic", Action<SimulatedModemOptions>? set = null, bool echo = false)
    {
        var options = new SimulatedModemOptions { Profile = profile, Network = Network, Number = Number };
        set?.Invoke(options);
        Modem = new SimulatedModem(options);
        _modems.Add(Modem);
        Modem.Output += OnOutput;
        if (!echo)
        {
            Send("ATE0\r");
            Said();
        }
        return Modem;
    }

    protected void Send(string bytes) => Modem.Receive(Encoding.Latin1.GetBytes(bytes));

    /// <summary>All that the modem said since the last time.</summary>
    protected string Said()
    {
        lock (_said)
        {
            string said = _said.ToString();
            _said.Clear();
            return said;
        }
    }

    /// <summary>What is typed, and what must come back, byte by byte: each line between line ends.</summary>
    protected void Dialogue(string typed, params string[] lines)
    {
        Send(typed + "\r");
        Heard(lines);
    }

    protected void Heard(params string[] lines) => HeardExactly(string.Concat(lines.Select(l => $"\r\n{l}\r\n")));

    protected void Raw(string typed, string said)
    {
        Send(typed);
        HeardExactly(said);
    }

    private void HeardExactly(string expected)
    {
        lock (_said)
        {
            DateTime end = DateTime.UtcNow + Patience;
            while (_said.Length < expected.Length && DateTime.UtcNow < end)
                Monitor.Wait(_said, TimeSpan.FromSeconds(1));
        }
        Assert.That(Said(), Is.EqualTo(expected));
    }

    protected void Wait(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    private void OnOutput(ReadOnlyMemory<byte> data)
    {
        lock (_said)
        {
            _said.Append(Encoding.Latin1.GetString(data.Span));
            Monitor.PulseAll(_said);
        }
    }

    /// <summary>Defines a non-IP context as cid 1 and attaches with it.</summary>
    protected void AttachNonIp(string spelling = "Non-IP")
    {
        Dialogue("AT+CFUN=0", "OK");
        Dialogue($"AT+CGDCONT=1,\"{spelling}\",\"{Apn}\"", "OK");
        Dialogue("AT+CFUN=1", "OK");
    }
}
