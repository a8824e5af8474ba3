using System;
using BenchmarkDotNet.Attributes;
using Lwm2m.Client;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Benchmarks;

/// <summary>Whole requests through a registered client, from datagram in to datagram out, without a socket.</summary>
[MemoryDiagnoser]
public class RequestBenchmarks
{
    private readonly SilentTransport _transport = new();
    private readonly StoredObject _sensor = new(new ObjectDefinition(3303, "1.0", Resource.ReadOnly(5700, DataType.Float, mandatory: true)));
    private Lwm2mClient _client = null!;
    private byte[] _read = null!;
    private byte[] _readDevice = null!;
    private byte[] _write = null!;
    private byte[] _execute = null!;
    private double _value;
    private int _messageId;
    private readonly byte[] _confirmation = new byte[8];

    [GlobalSetup]
    public void SetUp()
    {
        _client = new Lwm2mClient(new ClientOptions("bench") { HighestVersion = LwM2MVersion.V11 });
        _client.AddServer("coap://127.0.0.1:5683", 1, 0);
        _client.UseTransport(_transport);
        _client.Add(new DeviceObject("Open Mobile Alliance", "Lightweight M2M Client", "345000123", "1.0"));
        _sensor.AddInstance(0);
        _sensor.Set(0, 5700, 21.5);
        _client.Add(_sensor);
        _client.Start();
        _client.Poll(0);
        _client.LinkUp(_transport.Link, 0);
        Confirm(0x41, location: true);
        _read = Request(CoapCode.Get, 0, null, "3", "0", "0");
        _readDevice = Request(CoapCode.Get, ContentFormat.SenmlCbor, null, "3", "0");
        _write = Request(CoapCode.Put, -1, "60", "1", "0", "2");
        _execute = Request(CoapCode.Post, -1, null, "1", "0", "8");
        byte[] observe = Request(CoapCode.Get, 0, null, "3303", "0", "5700");
        Observed(observe);
    }

    [Benchmark(Description = "GET /3/0/0 text")]
    public int Read() => Exchange(_read);

    [Benchmark(Description = "GET /3/0 SenML CBOR")]
    public int ReadDevice() => Exchange(_readDevice);

    [Benchmark(Description = "PUT /1/0/2")]
    public int Write() => Exchange(_write);

    [Benchmark(Description = "Set and notify /3303/0/5700")]
    public int Notify()
    {
        _sensor.Set(0, 5700, _value += 0.5);
        _client.Poll(0);
        return _transport.Count;
    }

    [Benchmark(Description = "POST /1/0/8, Update and its answer")]
    public int ExecuteAndUpdate()
    {
        Exchange(_execute);
        Confirm(0x44, location: false);
        return _transport.Count;
    }

    private int Exchange(byte[] datagram)
    {
        _messageId++;
        datagram[2] = (byte)(_messageId >> 8);
        datagram[3] = (byte)_messageId;
        _client.Received(0, datagram, 0, datagram.Length, 0);
        _client.Poll(0);
        return _transport.Count;
    }

    private void Confirm(byte code, bool location)
    {
        byte[] answer = location ? new byte[11] : _confirmation;
        Array.Copy(_transport.Last, 0, answer, 0, 8);
        answer[0] = 0x64;
        answer[1] = code;
        if (location)
        {
            answer[8] = 0x82;
            answer[9] = (byte)'r';
            answer[10] = (byte)'d';
        }

        _client.Received(0, answer, 0, answer.Length, 0);
        _client.Poll(0);
    }

    private void Observed(byte[] plain)
    {
        // Observe (6, empty) before Uri-Path (11): the first option's delta shrinks by 6.
        var observe = new byte[plain.Length + 1];
        Array.Copy(plain, 0, observe, 0, 8);
        observe[8] = 0x60;
        Array.Copy(plain, 8, observe, 9, plain.Length - 8);
        observe[9] -= 0x60;
        Exchange(observe);
    }

    private static byte[] Request(int code, int accept, string? text, params string[] path)
    {
        var buffer = new byte[256];
        var writer = new CoapWriter();
        writer.Begin(buffer, 0, buffer.Length);
        writer.Header(CoapType.Confirmable, code, 0, new byte[] { 1, 2, 3, 4 }, 0, 4);
        foreach (string segment in path)
            writer.StringOption(CoapOption.UriPath, segment);
        if (text != null)
            writer.UintOption(CoapOption.ContentFormat, 0);
        if (accept >= 0)
            writer.UintOption(CoapOption.Accept, accept);
        if (text != null)
            writer.Payload(System.Text.Encoding.ASCII.GetBytes(text), 0, text.Length);
        return buffer.AsSpan(0, writer.Length).ToArray();
    }
}
