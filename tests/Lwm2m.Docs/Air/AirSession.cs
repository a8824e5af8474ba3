using System.Text;
using Lwm2m.Cellular;
using Lwm2m.Client;
using Lwm2m.Coap;
using Lwm2m.Samples.Objects;
using Lwm2m.Transport;

namespace Lwm2m.Docs.Air;

/// <summary>A client on a clock of its own and a server that says one line after the other: each operation is taken down message by message.</summary>
internal sealed class AirSession
{
    private readonly CoapMessage _message = new();
    private readonly CoapWriter _writer = new();
    private readonly AirTransport _transport;
    private readonly Lwm2mClient _client;
    private readonly Temperature _temperature = new(21.5);
    private readonly List<AirOperation> _operations = [];
    private readonly List<byte[]> _down = [];
    private readonly byte[] _token = [0x4A, 0x7C];
    private long _nowMs = 1_000_000;
    private int _messageId = 0x1000;

    private AirSession(char letter)
    {
        _transport = new AirTransport(letter);
        var options = new ClientOptions("abc") { HighestVersion = LwM2MVersion.V11 };
        _client = new Lwm2mClient(options, new AirRandom());
        _client.Add(new DeviceObject("Example", "Model 1", "0001", "1.0"));
        _client.Add(new ConnectivityMonitoringObject());
        _client.Add(new ConnectivityStatisticsObject(new SystemClock()));
        _client.Add(_temperature);
        _client.AddServer("coap://127.0.0.1", 1, 86400, letter.ToString());
        _client.Servers.Set(0, ServerResource.MuteSend, false);
        _client.UseTransport(_transport);
    }

    /// <summary>Plays all operations over one bearer.</summary>
    /// <param name="letter">Its letter in the binding.</param>
    public static IReadOnlyList<AirOperation> Play(char letter)
    {
        var session = new AirSession(letter);
        session.Run();
        return session._operations;
    }

    private void Run()
    {
        _client.Start();
        Poll();
        _client.LinkUp(0, _nowMs);
        Poll();
        Answer(CoapCode.Created, CoapOption.LocationPath, "rd", "5a3f");
        Note("Register of objects 1, 3, 4, 7 and 3303, and its answer");

        _client.Update();
        Poll();
        Answer(CoapCode.Changed);
        Note("Update without parameters, and its answer");

        Ask(CoapCode.Get, "3303/0/5700", accept: 60);
        Note("Read of one float, in CBOR");

        Ask(CoapCode.Get, "3/0", accept: 112);
        Note("Read of the Device instance, in SenML CBOR");

        Ask(CoapCode.Put, "1/0/1", contentFormat: 0, payload: "3600");
        Answer(CoapCode.Changed);
        Note("Write of the lifetime, and the Update that tells it");

        Ask(CoapCode.Post, "3303/0/5605");
        Note("Execute");

        Ask(CoapCode.Get, "3303/0/5700", accept: 60, observe: true);
        Note("Observe of one float, in CBOR");

        _temperature.Set(0, Temperature.SensorValue, 22.5);
        Poll();
        Note("Notification of one float, in CBOR");

        _client.Send(1, ["/3303/0/5700"], out _);
        Poll();
        Answer(CoapCode.Changed);
        Note("Send of one float in SenML CBOR, and its answer");

        _client.Stop();
        Poll();
        Answer(CoapCode.Deleted);
        Note("De-register, and its answer");
    }

    private void Poll()
    {
        _client.Poll(_nowMs);
        _client.Poll(++_nowMs);
    }

    private void Note(string name)
    {
        _operations.Add(new AirOperation(name, [.. _transport.Sent], [.. _down]));
        _transport.Sent.Clear();
        _down.Clear();
        _nowMs += 60_000;
        Poll();
    }

    private void Ask(int method, string path, int contentFormat = -1, string? payload = null, int accept = -1, bool observe = false)
    {
        byte[] buffer = new byte[256];
        _writer.Begin(buffer, 0, buffer.Length);
        _writer.Header(_transport.IsReliable ? CoapType.NonConfirmable : CoapType.Confirmable, method, _messageId++, _token, 0, _token.Length);
        if (observe)
            _writer.UintOption(CoapOption.Observe, 0);
        foreach (string segment in path.Split('/'))
            _writer.StringOption(CoapOption.UriPath, segment);
        if (contentFormat >= 0)
            _writer.UintOption(CoapOption.ContentFormat, contentFormat);
        if (accept >= 0)
            _writer.UintOption(CoapOption.Accept, accept);
        if (payload != null)
            _writer.Payload(Encoding.UTF8.GetBytes(payload), 0, payload.Length);
        Receive(buffer);
    }

    /// <summary>The server answers the last request of the client, if one is open.</summary>
    private void Answer(int code, int option = 0, params string[] values)
    {
        byte[] request = _transport.Sent[^1];
        if (_message.Parse(request, 0, request.Length) != CoapParseStatus.Ok || _message.Code >= 0x20)
            throw new InvalidOperationException("the client asked nothing");
        byte[] buffer = new byte[256];
        _writer.Begin(buffer, 0, buffer.Length);
        _writer.Header(_transport.IsReliable ? CoapType.NonConfirmable : CoapType.Acknowledgement, code, _message.MessageId, request, _message.TokenOffset,
            _message.TokenLength);
        foreach (string value in values)
            _writer.StringOption(option, value);
        Receive(buffer);
    }

    private void Receive(byte[] buffer)
    {
        byte[] datagram = buffer[.._writer.Length];
        _down.Add(datagram);
        _client.Received(0, datagram, 0, datagram.Length, _nowMs);
        Poll();
    }
}
