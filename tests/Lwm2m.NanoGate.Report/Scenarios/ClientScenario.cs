using System.Globalization;
using System.IO;
using System.Net;
using System.Reflection;
using System.Text;
using Lwm2m.Client;
using Lwm2m.Coap;
using Lwm2m.Formats;
using Lwm2m.NanoGate.Heap;
using Lwm2m.NanoGate.Steps;
using Lwm2m.Transport;

namespace Lwm2m.NanoGate.Report.Scenarios;

/// <summary>
/// A registered client with everything a board has: engine, UDP transport, runner, clock, random source, storage in files, a bootstrap
/// account, queue mode; objects 0, 1, 3 and 3303, one server, one observation. Requests come through a socket of the board's own transport and answers leave through it.
/// </summary>
public sealed class ClientScenario : BoardScenario, IDisposable
{
    private const int Text = 0;
    private const int LinkFormat = 40;
    private const int Cbor = 60;
    private const int SenmlJson = 110;
    private const int SenmlCbor = 112;
    private const int Tlv = 11542;
    private const int Lwm2mCbor = 11544;

    // What a board can spare for the client, and for the request that every server sends most.
    private const int HeapCeiling = 20_000;
    private const int GetCeiling = 3_000;

    // What each further server may cost.
    private const int ServerCeiling = 3_000;

    // As many as the tables of a host hold: observations, attributes and instances to go with them.
    private const int Many = 60;

    // As many more objects as a Register of one block can announce.
    private const int OtherObjects = 30;

    private readonly Server _server = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lwm2m-board-");
    private readonly Datagram _datagram = new();
    private readonly SystemClock _clock = new();
    private readonly PlatformRandom _boardRandom = new();
    private Lwm2mClient _client = null!;
    private IPump _transport = null!;
    private PumpSet _pumps = null!;
    private object _runner = null!;
    private Sensor _sensor = null!;
    private EndPoint _device = null!;
    private byte[]? _answer;
    private long _nowMs = 1_000_000;
    private double _value = 20;

    public override IReadOnlyList<BoardOperation> Operations =>
    [
        Request("GET /3/0/0", "2.05", () => Get("/3/0/0"), maxSteps: GetCeiling),
        Request("GET /3303/0/5700", "2.05", () => Get("/3303/0/5700")),
        Request("GET /3303/0/5700 in CBOR", "2.05", () => Get("/3303/0/5700", Cbor)),
        Request("GET /3/0 in TLV", "2.05", () => Get("/3/0", Tlv)),
        Request("GET /3/0 in SenML CBOR", "2.05", () => Get("/3/0", SenmlCbor)),
        Request("GET /3/0 in SenML JSON", "2.05", () => Get("/3/0", SenmlJson)),
        Request("GET /3/0 in LwM2M CBOR", "2.05", () => Get("/3/0", Lwm2mCbor)),
        Request("Discover /3/0", "2.05", () => Get("/3/0", LinkFormat)),
        Request("PUT /3303/0/5821 as text", "2.04", () => _datagram.Request(CoapCode.Put, "/3303/0/5821", contentFormat: Text, payload: NextText())),
        Request("PUT /3303/0/5821 in CBOR", "2.04", () => _datagram.Request(CoapCode.Put, "/3303/0/5821", contentFormat: Cbor, payload: [0xF9, 0x3E, 0x00])),
        Request("POST /3303/0/5605: execute", "2.04", () => _datagram.Request(CoapCode.Post, "/3303/0/5605")),
        Request("PUT /3303/0/5700?pmin=0: attributes", "2.04", () => _datagram.Request(CoapCode.Put, "/3303/0/5700?pmin=0"), walksOnPurpose: true), // one record keeps them all
        Request("GET /3303/0/5700, observed anew with the same token", "2.05", () => Observe(0)),
        Request("GET /9: 4.04", "4.04", () => Get("/9")),
        new BoardOperation("set a value and notify", SetAndNotify) { Prepare = Tick, Check = () => Received("2.05") },
        new BoardOperation("set a value that nobody observes", () => _sensor.Set(0, Sensor.Smallest, _value)) { Prepare = Tick },
        new BoardOperation("Update, until it is sent", SendUpdate) { Prepare = Tick, Check = AnswerUpdate, WalksOnPurpose = true }, // each account has its timers
        new BoardOperation("Poll, nothing due", () => _client.Poll(_nowMs)),
        new BoardOperation("Pump, nothing there", () => _transport.Pump(_client, _nowMs)) { WalksOnPurpose = true }, // every link has a socket to ask
    ];

    public override IReadOnlyList<object> Roots => [_client, _transport, _runner, _clock, _boardRandom, _sensor];

    public override int MaxHeapBytes => HeapCeiling;

    public override string OneMore => "a second server";

    public override int MaxBytesOfOneMore => ServerCeiling;

    /// <summary>The runner's thread; a program that lets the runner have its main thread saves it.</summary>
    public override IReadOnlyList<(string Name, int Bytes)> Extras => [("thread of the runner", BoardHeapOptions.ThreadPrice)];

    public override bool IsFake(object item) => item is Server or FixedRandom or Datagram || base.IsFake(item);

    public override void Start(bool isFull)
    {
        Limits limits = isFull ? Limits.ForHost() : Limits.ForBoard();
        Start(isFull, limits, isFull ? limits.Servers : 1);
    }

    /// <summary>With a second server. The tables for values of accounts have room for three of them as they are.</summary>
    public override void StartWithOneMore()
    {
        Limits limits = Limits.ForBoard();
        limits.Servers = 2;
        Start(false, limits, limits.Servers);
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Delete(true);
    }

    private void Start(bool isFull, Limits limits, int servers)
    {
        // Queue mode is on; the scenario's clock goes on by seconds and is not to end the awake window.
        _client = new Lwm2mClient(new ClientOptions("urn:dev:os:32473-0001")
        {
            Limits = limits,
            Storage = new FileStorage(new StorageFolder(_folder.FullName)),
            QueueMode = true,
            AwakeMs = int.MaxValue,
        }, new FixedRandom());
        _sensor = new Sensor(isFull ? Many : 1);
        _client.Add(new DeviceObject("Example", "Model 1", "0001", "1.0"));
        _client.Add(_sensor);
        for (int i = 0; isFull && i < OtherObjects; i++)
            _client.Add(new StoredObject(new ObjectDefinition(26241 + i, "1.0", Resource.ReadOnly(0, Formats.DataType.Integer))));
        for (int i = 0; i < servers; i++)
            _client.AddServer(string.Create(CultureInfo.InvariantCulture, $"coap://{IPAddress.Loopback}:{_server.Port}"), i + 1);
        _client.AddBootstrapServer(string.Create(CultureInfo.InvariantCulture, $"coap://{IPAddress.Loopback}:{_server.Port}"));
        ITransport transport = (ITransport)MakePort(typeof(UdpTransport), ("maxLinks", servers + 1), ("maxDatagramBytes", limits.Coap.MaxMessageBytes));
        _transport = transport.Source;
        _pumps = new PumpSet(transport);
        _client.UseTransport(transport);
        _runner = MakePort(typeof(ClientRunner), ("engine", _client), ("pumps", _pumps), ("clock", _clock), ("gate", _client.Gate));
        _client.Start();
        Register(servers);

        for (int i = 0; i < (isFull ? Many : 1); i++)
            Ask("2.05", Observe(i));
        for (int i = 1; isFull && i < Many; i++)
            Ask("2.04", _datagram.Request(CoapCode.Put, $"/3303/{i}/5700?pmin=0"));
        for (int i = 0; isFull && i < limits.Coap.DedupEntries; i++)
            Ask("2.05", Get("/3/0/0"));
    }

    // Ports of the board and of .NET share interfaces, but not always a constructor: parameters are matched by name.
    private static object MakePort(Type type, params (string Name, object Value)[] arguments)
    {
        ConstructorInfo constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Array.Find(arguments, a => a.Name == p.Name) is { Name: not null } match
            ? match.Value
            : p.HasDefaultValue
                ? p.DefaultValue
                : throw new InvalidOperationException($"{type.Name} has a new parameter {p.Name}: say here what a board gives for it"))]);
    }

    private BoardOperation Request(string name, string code, Func<byte[]> build, int maxSteps = 0, bool walksOnPurpose = false) => new(name, Pump)
    {
        Prepare = () =>
        {
            Tick();
            _server.Send(build(), _device);
            Thread.Sleep(5); // until the loopback has carried it over
        },
        Check = () => Received(code),
        MaxSteps = maxSteps,
        WalksOnPurpose = walksOnPurpose,
    };

    private byte[] Get(string path, int accept = -1) => _datagram.Request(CoapCode.Get, path, accept: accept);

    private byte[] Observe(int instance) =>
        _datagram.Request(CoapCode.Get, $"/3303/{instance}/5700", token: 0x0A0B0C00 + instance, observe: 0);

    private byte[] NextText() => Encoding.ASCII.GetBytes((++_value + 0.5).ToString(CultureInfo.InvariantCulture));

    private void Pump() => _transport.Pump(_client, _nowMs);

    private void Tick()
    {
        _nowMs += 5_000;
        _value++;
        while (_server.Receive(wait: false) != null)
        {
            // What nobody waited for.
        }
    }

    private void SetAndNotify()
    {
        _sensor.Set(0, Sensor.Value, _value);
        _client.Poll(_nowMs);
    }

    private void SendUpdate()
    {
        _client.Update(1);
        _client.Poll(_nowMs);
    }

    private string? AnswerUpdate()
    {
        string? fault = Received("0.02");
        if (fault == null)
            Deliver(_datagram.Answer(_answer!, CoapCode.Changed));
        return fault;
    }

    private string? Received(string code)
    {
        _answer = _server.Receive();
        return Datagram.Expect(code, _answer);
    }

    private void Register(int servers)
    {
        for (int i = 0; i < servers; i++)
        {
            byte[]? register = null;
            for (int round = 0; register == null && round < 100; round++)
            {
                _client.Poll(_nowMs);
                Pump();
                register = _server.Receive(wait: false);
                if (register == null || _datagram.Continue(register) is not { } more)
                    continue;
                _server.Send(more, _server.Sender);
                Thread.Sleep(5);
                register = null;
            }

            _device = i == 0 || _device == null ? _server.Sender : _device;
            if (Datagram.Expect("0.02", register) is { } fault)
                throw new InvalidOperationException("Register: " + fault);
            _server.Send(_datagram.Answer(register!, CoapCode.Created, "rd", "5a3f"), _server.Sender);
            Thread.Sleep(5);
            Pump();
        }

        for (int i = 0; i < servers; i++)
        {
            if (!_client.Account(i).IsRegistered)
                throw new InvalidOperationException($"server {i + 1} is {_client.Account(i).State}");
        }
    }

    private void Ask(string code, byte[] request)
    {
        Deliver(request);
        if (Datagram.Expect(code, _answer) is { } fault)
            throw new InvalidOperationException(fault);
    }

    // Lets the client take a datagram in, and keeps what it answers.
    private void Deliver(byte[] datagram)
    {
        _answer = null;
        _server.Send(datagram, _device);
        for (int round = 0; _answer == null && round < 20; round++)
        {
            if (round > 0)
                Thread.Sleep(1);
            Pump();
            _client.Poll(_nowMs);
            _answer = _server.Receive(wait: false);
        }
    }
}
