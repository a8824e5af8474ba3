using System;
using System.Collections.Generic;
using Lwm2m.Cellular.Tests.Sms;
using Lwm2m.Coap;
using Lwm2m.Samples.ModemSimulator;
using Lwm2m.Transport;
using Lwm2m.Transport.Contract;

namespace Lwm2m.Cellular.Tests.Sockets;

/// <summary>A bearer over a simulated modem, on a clock that the test moves, with a peer behind the network.</summary>
internal sealed class ModemBearerBench : ITransportBench, IModemPort
{
    private const string ServerNumber = "+491700000001";

    private readonly SimulatedClock _clock = new();
    private readonly CellularNetwork _network;
    private readonly SimulatedModem _simulated;
    private readonly SimulatorPort _port;
    private readonly CellularModem _modem;
    private readonly Queue<byte[]> _received = new();
    private Action<byte[]> _toDevice = _ => { };
    private IWakeUp? _runner;
    private bool _isStalled;

    public ModemBearerBench(string profile, char binding)
    {
        _network = new CellularNetwork(new CellularNetworkOptions { Time = _clock });
        _network.AddNonIpApn("lwm2m.nidd", (_, received) => Open(received));
        _network.AddSmsApplication(ServerNumber, (_, received) => Open(received));
        _network.AddUdpServer("192.0.2.1", 5683, (_, received) => Open(received));
        _simulated = new SimulatedModem(new SimulatedModemOptions { Network = _network, Profile = profile });
        _port = new SimulatorPort(_simulated);
        _modem = new CellularModem(this, new ModemOptions { LineBytes = 1500, RadioOffCommand = "AT+CFUN=0" });
        ModemProfile spoken = ModemProfile.Find(profile)!;
        Transport = binding switch
        {
            'N' => new NonIpTransport(_modem, new NonIpOptions { Profile = spoken }),
            'S' => new SmsTransport(_modem),
            _ => new ModemSocketTransport(_modem, new ModemSocketOptions { Profile = spoken, Apn = "internet" }),
        };
        Uri = ServerUri.TryParse(binding switch { 'N' => "coap+nidd://lwm2m.nidd", 'S' => "tel:" + ServerNumber, _ => "coap://192.0.2.1:5683" })!;
    }

    public ITransport Transport { get; }

    public ServerUri Uri { get; }

    public long NowMs => _clock.NowMs;

    public bool IsOpen => true;

    public int Openings => 1;

    public byte[] Input => _port.Input;

    public void Pass(PumpSet pumps)
    {
        if (!_port.HasOutput && _modem.DueMs > NowMs)
            _clock.Advance(TimeSpan.FromMilliseconds(20));
    }

    public byte[]? Take() => _received.TryDequeue(out byte[]? message) ? message : null;

    public void Send(byte[] message) => _toDevice(message);

    /// <summary>A socket is lost with the modem's settings; a context is made anew without a word, and a number stays a number.</summary>
    public bool Lose()
    {
        if (Transport is not ModemSocketTransport)
            return false;
        _simulated.Reset();
        return true;
    }

    /// <summary>The serial line takes nothing.</summary>
    public bool Stall(bool isStalled)
    {
        _isStalled = isStalled;
        return true;
    }

    public int Peek(out int offset) => _port.Peek(out offset);

    public void Take(int count) => _port.Take(count);

    public void Attach(IWakeUp? runner) => _runner = runner;

    public int Write(byte[] buffer, int offset, int count) => _isStalled ? 0 : _port.Write(buffer, offset, count);

    public void Dispose()
    {
        _runner?.Wake();
        _simulated.Dispose();
        _network.Dispose();
    }

    private PeerEnd Open(Action<byte[]> received) => new(message =>
    {
        _toDevice = received;
        _received.Enqueue(message);
    });

    private sealed class PeerEnd(Action<byte[]> take) : IServerLink
    {
        public void Send(byte[] datagram) => take(datagram);

        public void Dispose()
        {
        }
    }
}
