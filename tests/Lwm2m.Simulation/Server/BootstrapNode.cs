using System;
using System.Collections.Generic;
using System.Text;
using Lwm2m.Client;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Simulation;

/// <summary>The bootstrap server: gives the client its servers command by command, or as a pack, and sometimes never finishes.</summary>
internal sealed class BootstrapNode : Node
{
    private readonly Queue<Command> _script = new();
    private readonly byte[] _buffer = new byte[1024];
    private Command? _current;
    private CoapPeer? _peer;
    private int _context;
    private int _giveUpAfter;

    public BootstrapNode(World world)
        : base(world, world.Scenario.Servers, "bs")
    {
    }

    /// <summary>Sessions that ended with a good Finish, and packs that were fetched.</summary>
    public int Finished { get; private set; }

    public override void OnRequest(CoapPeer peer, CoapMessage request, CoapResponse response, long nowMs)
    {
        int at = request.PathSegment(0, out int length);
        string segment = Encoding.UTF8.GetString(request.Buffer, at, length);
        if (segment == "bspack")
            response.Code = AnswerPack(response);
        else if (World.IsStorm && Dice.Chance(World.Scenario.RefusePercent))
            response.Code = CoapCode.ServiceUnavailable;
        else
        {
            response.Code = CoapCode.Changed;
            Abandon(nowMs);
            _peer = peer;
            WriteScript();
            Later(Dice.Between(0, 50), Next);
        }
    }

    public override void OnResponse(CoapPeer peer, int context, CoapMessage response, long nowMs)
    {
        if (_current == null || context != _context)
            return;
        Command done = _current;
        _current = null;
        if (!CoapCode.IsSuccess(response.Code))
        {
            // 5.03 is a full storage. All else that is asked here makes sense.
            if (!World.IsStorm)
                World.Break($"the bootstrap command {done.Path} got {response.Code >> 5}.{response.Code & 31:00}");
            _script.Clear();
        }
        else if (_script.Count == 0)
        {
            Finished++;
        }

        Later(0, Next);
    }

    public override void OnFailure(CoapPeer peer, int context, CoapFailure reason, long nowMs)
    {
        if (_current == null || context != _context)
            return;
        _current = null;
        _script.Clear();
    }

    protected override void Forget() => _script.Clear();

    protected override void Restarted()
    {
        _current = null;
        _script.Clear();
    }

    protected override bool Needs(int address) => address == _peer?.Link;

    private void Abandon(long nowMs)
    {
        _script.Clear();
        if (_current != null)
            Coap.Cancel(_peer!, _context, nowMs);
        _current = null;
    }

    private void WriteScript()
    {
        Scenario scenario = World.Scenario;
        if (Dice.Chance(50))
            _script.Enqueue(new Command(CoapCode.Delete, "", Array.Empty<byte>(), -1));
        else
        {
            _script.Enqueue(new Command(CoapCode.Delete, "0", Array.Empty<byte>(), -1));
            _script.Enqueue(new Command(CoapCode.Delete, "1", Array.Empty<byte>(), -1));
        }

        // The bootstrap account has /0/0: it was there first.
        int first = Dice.Between(1, 3);
        for (int server = 0; server < scenario.Servers; server++)
        {
            int format = Dice.Pick(ContentFormat.Tlv, ContentFormat.SenmlJson, ContentFormat.SenmlCbor);
            PayloadWriter writer = World.Formats.Writer(format)!;
            writer.Begin(_buffer, 0, _buffer.Length, 0, first + server, -1, -1);
            WriteSecurity(writer, first + server, server);
            _script.Enqueue(new Command(CoapCode.Put, "0/" + (first + server), End(writer), format));
            writer.Begin(_buffer, 0, _buffer.Length, 1, server, -1, -1);
            WriteServer(writer, server);
            _script.Enqueue(new Command(CoapCode.Put, "1/" + server, End(writer), format));
        }

        // Sometimes it loses interest, and never finishes.
        _giveUpAfter = World.IsStorm && Dice.Chance(20) ? Dice.Between(1, _script.Count) : int.MaxValue;
        _script.Enqueue(new Command(CoapCode.Post, "bs", Array.Empty<byte>(), -1));
    }

    private int AnswerPack(CoapResponse response)
    {
        if (Dice.Chance(50))
            return CoapCode.NotFound;
        PayloadWriter writer = World.Formats.Writer(ContentFormat.SenmlCbor)!;
        writer.Begin(response.Payload, response.PayloadOffset, response.PayloadOffset + 1000, -1, -1, -1, -1);
        for (int server = 0; server < World.Scenario.Servers; server++)
            WriteSecurity(writer, 1 + server, server);
        for (int server = 0; server < World.Scenario.Servers; server++)
            WriteServer(writer, server);
        if (writer.End() != FormatStatus.Ok)
            return CoapCode.NotFound;
        response.ContentFormat = ContentFormat.SenmlCbor;
        response.PayloadLength = writer.Length;
        return CoapCode.Content;
    }

    private static void WriteSecurity(PayloadWriter writer, int instance, int server)
    {
        writer.Instance(0, instance);
        writer.Resource(SecurityResource.ServerUri);
        writer.String(Device.UriOf(server));
        writer.Resource(SecurityResource.BootstrapServer);
        writer.Boolean(false);
        writer.Resource(SecurityResource.SecurityMode);
        writer.Integer(SecurityObject.NoSecurity);
        writer.Resource(SecurityResource.ShortServerId);
        writer.Integer(server + 1);
    }

    private void WriteServer(PayloadWriter writer, int server)
    {
        writer.Instance(1, server);
        writer.Resource(ServerResource.ShortServerId);
        writer.Integer(server + 1);
        writer.Resource(ServerResource.Lifetime);
        writer.Integer(World.Scenario.LifetimeSeconds);
        writer.Resource(ServerResource.NotificationStoring);
        writer.Boolean(true);
        writer.Resource(ServerResource.Binding);
        writer.String("U");
    }

    private byte[] End(PayloadWriter writer)
    {
        if (writer.End() != FormatStatus.Ok)
            World.Break("a payload of the bootstrap server cannot be written: " + writer.Status);
        return _buffer.AsSpan(0, writer.Length).ToArray();
    }

    private void Next()
    {
        if (_current != null || _script.Count == 0)
            return;
        CoapRequest? request = Coap.BeginRequest(_peer!);
        if (request == null)
        {
            Later(1000, Next);
            return;
        }

        if (_giveUpAfter-- == 0)
        {
            _script.Clear();
            return;
        }

        _current = _script.Dequeue();
        request.Code = _current.Method;
        if (_current.Path.Length > 0)
            foreach (string segment in _current.Path.Split('/'))
                request.AddPath(segment);
        request.ContentFormat = _current.ContentFormat;
        _current.Payload.CopyTo(request.Payload, request.PayloadOffset);
        request.PayloadLength = _current.Payload.Length;
        Coap.SendRequest(request, ++_context, NowMs);
        Poll();
    }

    private sealed class Command
    {
        public Command(int method, string path, byte[] payload, int contentFormat)
        {
            Method = method;
            Path = path;
            Payload = payload;
            ContentFormat = contentFormat;
        }

        public int Method { get; }

        public string Path { get; }

        public byte[] Payload { get; }

        public int ContentFormat { get; }
    }
}
