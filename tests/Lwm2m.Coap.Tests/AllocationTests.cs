using System;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>After the start nothing is allocated, whatever happens.</summary>
[TestFixture]
internal sealed class AllocationTests : ICoapOutput, ICoapHandler
{
    private const int Rounds = 2000;

    private readonly byte[] _sent = new byte[2048];
    private readonly byte[] _in = new byte[2048];
    private readonly CoapWriter _writer = new();
    private readonly CoapMessage _view = new();
    private int _sentLength;
    private int _bodyLength;
    private int _deferral;
    private bool _defers;
    private int _responses;
    private int _failures;
    private CoapEndpoint _endpoint = null!;
    private CoapPeer _peer = null!;
    private long _now;

    public bool Send(CoapPeer peer, byte[] buffer, int offset, int count)
    {
        Array.Copy(buffer, offset, _sent, 0, count);
        _sentLength = count;
        return true;
    }

    public void OnRequest(CoapPeer peer, CoapMessage request, CoapResponse response, long nowMs)
    {
        response.Code = CoapCode.Content;
        response.ContentFormat = 0;
        response.PayloadLength = _bodyLength;
        if (request.Code == CoapCode.Post) response.AddLocationPath(3);
        if (_defers) _deferral = response.Defer();
    }

    public void OnResponse(CoapPeer peer, int context, CoapMessage response, long nowMs) => _responses++;

    public void OnFailure(CoapPeer peer, int context, CoapFailure reason, long nowMs) => _failures++;

    public void OnAcknowledged(CoapPeer peer, int context, long nowMs)
    {
    }

    public void OnReset(CoapPeer peer, int messageId, long nowMs)
    {
    }

    public bool OnUnmatchedResponse(CoapPeer peer, CoapMessage message, long nowMs) => true;

    [SetUp]
    public void Start()
    {
        CoapLimits limits = new() { BlockSize = 64, MaxPayloadBytes = 1024, ResponseTimeoutMs = 1000 };
        _endpoint = new CoapEndpoint(limits, this, this, new SeededRandom(1));
        _peer = _endpoint.AddPeer(0)!;
        _bodyLength = 10;
        _defers = false;
        _now = 0;
        _responses = 0;
        _failures = 0;
    }

    private static void AllocatesNothing(Action<int> operation)
    {
        for (int i = 0; i < 300; i++) operation(i);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 300; i < 300 + Rounds; i++) operation(i);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private void Begin(CoapType type, int code, int messageId)
    {
        _writer.Begin(_in, 0, _in.Length);
        _writer.Header(type, code, messageId & 0xFFFF, _sent, 4, 4);
    }

    private void Deliver() => _endpoint.Receive(_peer, _in, 0, _writer.Length, _now);

    /// <summary>A response to what was sent last.</summary>
    private void Answer(CoapType type, int code, int block1, int block2, int length)
    {
        _view.Parse(_sent, 0, _sentLength);
        _writer.Begin(_in, 0, _in.Length);
        _writer.Header(type, code, type == CoapType.Acknowledgement ? _view.MessageId : (int)_now & 0xFFFF, _sent, _view.TokenOffset, _view.TokenLength);
        if (block2 >= 0) _writer.UintOption(CoapOption.Block2, block2);
        if (block1 >= 0) _writer.UintOption(CoapOption.Block1, block1);
        _writer.Payload(_in, 100, length);
        _endpoint.Receive(_peer, _in, 0, _writer.Length, ++_now);
    }

    private static readonly byte[] Segment = { (byte)'3' };

    [Test]
    public void Requests_of_the_peer() => AllocatesNothing(i =>
    {
        Begin(i % 3 == 0 ? CoapType.NonConfirmable : CoapType.Confirmable, 1 + i % 5, i / 2);
        _writer.Option(CoapOption.UriPath, Segment, 0, 1);
        Deliver();
    });

    [Test]
    public void Blocks_to_the_peer_and_from_it() => AllocatesNothing(i =>
    {
        _bodyLength = 200;
        Begin(CoapType.Confirmable, CoapCode.Get, i);
        _writer.UintOption(CoapOption.Block2, BlockOption.Encode(i % 4, false, 2));
        Deliver();
        Begin(CoapType.Confirmable, CoapCode.Put, i);
        _writer.UintOption(CoapOption.Block1, BlockOption.Encode(i % 4, i % 4 != 3, 2));
        _writer.Payload(_sent, 0, 64);
        Deliver();
    });

    [Test]
    public void Deferred_responses() => AllocatesNothing(i =>
    {
        _defers = true;
        Begin(CoapType.NonConfirmable, CoapCode.Get, i);
        Deliver();
        CoapResponse? response = _endpoint.BeginDeferred(_deferral);
        response!.PayloadLength = 20;
        _endpoint.SendDeferred(response, 1, _now);
    });

    [Test]
    public void Own_requests_and_their_responses()
    {
        AllocatesNothing(i =>
        {
            CoapRequest request = _endpoint.BeginRequest(_peer)!;
            request.Code = CoapCode.Post;
            request.AddPath("rd");
            request.AddPath(5);
            request.AddQuery("lt", 300);
            request.AddQuery("b", "UQ");
            request.PayloadLength = 30;
            _endpoint.SendRequest(request, i, _now);
            Answer(i % 2 == 0 ? CoapType.Acknowledgement : CoapType.Confirmable, CoapCode.Changed, -1, -1, 0);
        });
        Assert.That(_responses, Is.EqualTo(300 + Rounds));
    }

    [Test]
    public void Own_requests_and_responses_in_blocks()
    {
        AllocatesNothing(i =>
        {
            CoapRequest request = _endpoint.BeginRequest(_peer)!;
            request.Code = CoapCode.Post;
            request.AddPath("rd");
            request.PayloadLength = 100;
            _endpoint.SendRequest(request, i, _now);
            Answer(CoapType.Acknowledgement, CoapCode.Continue, BlockOption.Encode(0, true, 2), -1, 0);
            Answer(CoapType.Acknowledgement, CoapCode.Changed, BlockOption.Encode(1, false, 2), BlockOption.Encode(0, true, 0), 16);
            Answer(CoapType.Acknowledgement, CoapCode.Changed, -1, BlockOption.Encode(1, false, 0), 4);
        });
        Assert.That(_responses, Is.EqualTo(300 + Rounds));
    }

    [Test]
    public void Notifications() => AllocatesNothing(i =>
    {
        CoapResponse notification = _endpoint.BeginNotification(_peer)!;
        notification.ObserveSequence = i;
        notification.PayloadLength = i % 2 == 0 ? 4 : 100;
        bool confirmable = i % 3 == 0;
        int mid = _endpoint.SendNotification(notification, _in, 0, 4, confirmable, i, _now);
        if (!confirmable) return;
        _writer.Begin(_in, 0, 4);
        _writer.Empty(CoapType.Acknowledgement, mid);
        Deliver();
    });

    [Test]
    public void Retransmissions_and_timeouts()
    {
        AllocatesNothing(i =>
        {
            CoapRequest? request = _endpoint.BeginRequest(_peer);
            if (request != null) _endpoint.SendRequest(request, i, _now);
            _now = _endpoint.Poll(_now);
            _endpoint.Poll(_now);
        });
        Assert.That(_failures, Is.GreaterThan(100));
    }

    [Test]
    public void Stray_messages() => AllocatesNothing(i =>
    {
        Begin((CoapType)(i & 3), (i * 7) & 0xFF, i);
        _writer.UintOption(CoapOption.IfMatch, i);
        Deliver();
    });
}
