using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lwm2m.Cellular.Tests.Sms;
using Lwm2m.Client;
using Lwm2m.Coap;
using Lwm2m.Formats;
using Lwm2m.Samples.ModemSimulator;
using Lwm2m.Transport;

namespace Lwm2m.Cellular.Tests;

/// <summary>A client, a simulated modem, its network and a server, on a clock that stands still.</summary>
internal sealed class NetworkBed : IDisposable
{
    private readonly CellularNetwork _network;
    private readonly SimulatorPort _port;
    private Action<byte[]> _toDevice = _ => { };
    private int _requests;

    public NetworkBed(string profile, NonIpApnOptions? apn = null, Action<SimulatedModemOptions>? options = null, Action<ModemOptions>? machine = null)
    {
        _network = new CellularNetwork(new CellularNetworkOptions { Time = Clock });
        Apn = _network.AddNonIpApn("lwm2m.nidd", (_, received) => Serve(received), apn);
        _network.AddUdpServer("192.0.2.1", 5683, (_, received) => Serve(received));
        SimulatedModemOptions chosen = new() { Network = _network, Profile = profile };
        options?.Invoke(chosen);
        Simulated = new SimulatedModem(chosen);
        _port = new SimulatorPort(Simulated);
        // The context of the attach is what it was defined as before: so the radio is off meanwhile.
        ModemOptions told = new() { LineBytes = 1500, RadioOffCommand = "AT+CFUN=0" };
        machine?.Invoke(told);
        Modem = new CellularModem(_port, told);
        Client = new Lwm2mClient(new ClientOptions("dev1") { HighestVersion = LwM2MVersion.V11 }, new FixedRandom());
        StoredObject sensor = new(new ObjectDefinition(3303, "1.0", Resource.ReadOnly(5700, DataType.Float), Resource.ReadWrite(5750, DataType.String)));
        sensor.AddInstance(0);
        sensor.Set(0, 5700, 21.5);
        Client.Add(sensor);
        Sensor = sensor;
    }

    public SimulatedClock Clock { get; } = new();

    public SimulatedModem Simulated { get; }

    public CellularModem Modem { get; }

    public NonIpApn Apn { get; }

    public Lwm2mClient Client { get; }

    public StoredObject Sensor { get; }

    public int Registrations { get; private set; }

    public int Updates { get; private set; }

    /// <summary>What the device answered, or told by itself.</summary>
    public List<byte[]> Answers { get; } = [];

    public RegistrationState State => Client.Account(0).State;

    public void Start(string uri, params ITransport[] transports)
    {
        Client.AddServer(uri, 1, 86400);
        foreach (ITransport transport in transports)
            Client.UseTransport(transport);
        Client.Start();
    }

    /// <summary>Sends a request, CON with a token of one byte, until it is answered; gives the answer's code and payload.</summary>
    public string Ask(int code, string options, string payload = "", int seconds = 120)
    {
        _requests++;
        byte[] request = [0x41, (byte)code, 0x50, (byte)_requests, (byte)_requests, .. Convert.FromHexString(options), .. Encoding.ASCII.GetBytes(payload)];
        int before = Answers.Count;
        for (int attempt = 0; attempt < seconds / 10; attempt++)
        {
            _toDevice(request);
            bool isAnswered = RunUntil(() => Answers.Skip(before).Any(answer => answer[0] >> 4 == 6 && answer[2..5].AsSpan().SequenceEqual(request.AsSpan(2, 3))), 10);
            if (isAnswered)
                break;
        }

        byte[]? found = Answers.Skip(before).FirstOrDefault(answer => answer[0] >> 4 == 6 && answer[2..5].AsSpan().SequenceEqual(request.AsSpan(2, 3)));
        if (found == null)
            return "nothing";
        int marker = Array.IndexOf(found, (byte)0xFF, 5);
        return $"{found[1] >> 5}.{found[1] & 31:D2} " + (marker < 0 ? "" : Encoding.ASCII.GetString(found, marker + 1, found.Length - marker - 1));
    }

    public void Run(int seconds) => RunUntil(() => false, seconds);

    public bool RunUntil(Func<bool> isDone, int seconds)
    {
        long end = Clock.NowMs + seconds * 1000L;
        while (Clock.NowMs < end && !isDone())
        {
            long now = Clock.NowMs;
            bool more = Modem.Pump(Client, now);
            long due = Math.Min(Client.Poll(now), Modem.DueMs);
            if (more || _port.HasOutput || due <= now)
                continue;
            Clock.Advance(TimeSpan.FromMilliseconds(Math.Min(due - now, 200)));
        }

        return isDone();
    }

    public void Dispose()
    {
        Simulated.Dispose();
        _network.Dispose();
    }

    // The server answers the way by which it heard last.
    private ServerEnd Serve(Action<byte[]> received) => new(datagram =>
    {
        _toDevice = received;
        Take(datagram);
    });

    private void Take(byte[] datagram)
    {
        if (datagram[1] != CoapCode.Post)
        {
            Answers.Add(datagram);
            // A CON notification is acknowledged.
            if (datagram[0] >> 4 == 4)
                _toDevice([0x60, 0, datagram[2], datagram[3]]);
            return;
        }

        CoapMessage message = new();
        message.Parse(datagram, 0, datagram.Length);
        int block = message.Block1;
        // The registration's later blocks go the way of the first.
        if (block >= 0 && (block & 8) != 0)
        {
            _toDevice(SmsPeer.Answer(datagram, CoapCode.Continue, "D10E" + Hex(block)));
            return;
        }

        // Register is the only request of a device that says which version it speaks.
        bool isRegister = datagram.AsSpan().IndexOf("lwm2m="u8) > 0;
        if (isRegister)
            Registrations++;
        else
            Updates++;
        _toDevice(SmsPeer.Answer(datagram, isRegister ? CoapCode.Created : CoapCode.Changed, isRegister ? "8272640131" + (block >= 0 ? "D106" + Hex(block) : "") : ""));
    }

    private static string Hex(int value) => value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture);

    private sealed class ServerEnd(Action<byte[]> take) : IServerLink
    {
        public void Send(byte[] datagram) => take(datagram);

        public void Dispose()
        {
        }
    }
}
