using System;
using System.IO;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Samples;
using Lwm2m.Samples.ModemSimulator;
using NUnit.Framework;

namespace Lwm2m.ModemSimulator.Tests;

/// <summary>The network's way to a real server, by UDP: the server of the desk.</summary>
public class BridgeTests
{
    private const string Number = "491701234567", ServerNumber = "+12125550178";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private LocalServer _server = null!;
    private CellularNetwork _network = null!;
    private SimulatedModem _modem = null!;
    private StreamReader _lines = null!;
    private Stream _stream = null!;

    [SetUp]
    public void Start()
    {
        _server = LocalServer.Start(new LocalServerOptions { Port = 0 });
        _network = new CellularNetwork(new CellularNetworkOptions { ServiceCentre = "" });
        _network.AddSmsApplication(ServerNumber, _server.EndPoint);
        _network.AddNonIpApn("lwm2m.nidd", _server.EndPoint);
        _modem = new SimulatedModem(new SimulatedModemOptions { Network = _network, Number = Number, InitialFunctionality = 0 });
        _stream = _modem.OpenStream();
        _lines = new StreamReader(_stream, Encoding.Latin1);
        Say("ATE0", "OK");
    }

    [TearDown]
    public async Task EndAsync()
    {
        _modem.Dispose();
        _network.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task A_device_registers_and_is_read_over_non_IP()
    {
        Say("AT+CGDCONT=1,\"Non-IP\",\"lwm2m.nidd\"", "OK");
        Say("AT+CRTDCP=1;+CFUN=1", "OK");
        byte[] register = Register("nidd-1");
        Say($"AT+CSODCP=1,{register.Length},\"{Convert.ToHexString(register)}\"", "OK");
        Assert.That(NextLine(), Does.StartWith("+CRTDCP: 1,").And.Contains("\"60410001"));
        using var stop = new CancellationTokenSource(s_patience);
        Registration registration = await _server.WaitForRegistrationAsync("nidd-1", stop.Token);
        Assert.That(registration.Endpoint, Is.EqualTo("nidd-1"));
        Assert.That(_network.Traffic[Bearer.NonIp, AirDirection.Up].PayloadBytes, Is.EqualTo(register.Length));
    }

    [Test]
    public async Task A_device_registers_over_short_messages()
    {
        Say("AT+CNMI=2,2,0,0,0;+CFUN=1", "OK");
        byte[] register = Register("sms-1");
        string tpdu = "01000B912121550571F80004" + ((byte)register.Length).ToString("X2") + Convert.ToHexString(register);
        _stream.Write(Encoding.Latin1.GetBytes($"AT+CMGS={tpdu.Length / 2}\r"));
        _stream.Write(Encoding.Latin1.GetBytes("00" + tpdu + "\u001a"));
        Assert.That(NextLine(), Is.EqualTo("> "));
        using var stop = new CancellationTokenSource(s_patience);
        await _server.WaitForRegistrationAsync("sms-1", stop.Token);
        Assert.That(NextLine(), Is.EqualTo("+CMGS: 0"));
        Assert.That(NextLine(), Is.EqualTo("OK"));
        Assert.That(NextLine(), Does.StartWith("+CMT: ,"));
        Assert.That(NextLine(), Does.StartWith("00040B912121550571F80004").And.Contains("60410001"));
    }

    [Test]
    public async Task Each_device_has_a_port_of_its_own()
    {
        using var other = new SimulatedModem(new SimulatedModemOptions { Network = _network, Number = "491701234568", InitialFunctionality = 0 });
        Say("AT+CGDCONT=1,\"Non-IP\",\"lwm2m.nidd\"", "OK");
        Say("AT+CFUN=1", "OK");
        other.Receive("AT+CGDCONT=1,\"Non-IP\",\"lwm2m.nidd\"\rAT+CFUN=1\r"u8);
        foreach ((SimulatedModem modem, string name) in new[] { (_modem, "nidd-1"), (other, "nidd-2") })
        {
            byte[] register = Register(name);
            modem.Receive(Encoding.Latin1.GetBytes($"AT+CSODCP=1,{register.Length},\"{Convert.ToHexString(register)}\"\r"));
        }
        using var stop = new CancellationTokenSource(s_patience);
        await _server.WaitForRegistrationAsync("nidd-1", stop.Token);
        await _server.WaitForRegistrationAsync("nidd-2", stop.Token);
        Assert.That(_server.Registrations, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_server_far_away_is_refused() =>
        Assert.That(() => _network.AddNonIpApn("far", new IPEndPoint(IPAddress.Parse("192.0.2.1"), 5683)), Throws.ArgumentException.With.Message.Contains("192.0.2.1"));

    private void Say(string typed, params string[] lines)
    {
        _stream.Write(Encoding.Latin1.GetBytes(typed + "\r"));
        foreach (string line in lines)
        {
            string? next = NextLine();
            Assert.That(next == typed ? NextLine() : next, Is.EqualTo(line));
        }
    }

    private string? NextLine()
    {
        while (true)
        {
            Task<string?> reading = Task.Run(Line);
            Assert.That(reading.Wait(s_patience), Is.True, "no line came");
            if (reading.Result?.Trim('\r', '\n') is { Length: > 0 } line)
                return line;
        }
    }

    // A line, or the prompt, which has no line end.
    private string? Line()
    {
        var line = new StringBuilder();
        while (_lines.Read() is >= 0 and { } c && c != '\n')
        {
            line.Append((char)c);
            if (line.ToString() == "> ")
                break;
        }
        return line.ToString();
    }

    // CON POST /rd, message id 1, as links.
    private static byte[] Register(string name)
    {
        byte[] endpoint = Encoding.ASCII.GetBytes("ep=" + name);
        return [0x40, 0x02, 0x00, 0x01, 0xb2, .. "rd"u8, 0x11, 40, (byte)(0x30 | endpoint.Length), .. endpoint, 0x06, .. "lt=300"u8, 0x09, .. "lwm2m=1.1"u8, 0xff, .. "</3/0>"u8];
    }
}
