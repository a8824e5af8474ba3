using Lwm2m.Coap;
using Lwm2m.NanoGate.Steps;

namespace Lwm2m.NanoGate.Report.Scenarios;

/// <summary>The CoAP layer by itself, under a handler that answers with a short constant text.</summary>
public sealed class CoapScenario : BoardScenario
{
    private readonly Datagram _datagram = new();
    private readonly Peer _outside = new();
    private CoapEndpoint _endpoint = null!;
    private CoapPeer _peer = null!;
    private byte[] _incoming = [];

    public override IReadOnlyList<BoardOperation> Operations =>
    [
        Request("GET, 3 path segments, answered in the acknowledgement", "2.05", () => _datagram.Request(CoapCode.Get, "/3/0/0")),
        Request("PUT with 5 bytes", "2.05", () => _datagram.Request(CoapCode.Put, "/3303/0/5821", contentFormat: 0, payload: "12.5\n"u8.ToArray())),
        Request("the same PUT again: answered from memory", "2.05", () => _incoming),
        Request("unknown critical option: 4.02", "4.02", () => UnknownOption()),
        new BoardOperation("malformed datagram: dropped", Receive) { Prepare = () => _incoming = [0x80, 1, 2, 3] },
    ];

    public override IReadOnlyList<object> Roots => [_endpoint];

    public override void Start(bool isFull)
    {
        CoapLimits limits = isFull ? CoapLimits.ForHost() : CoapLimits.ForBoard();
        _endpoint = new CoapEndpoint(limits, _outside, _outside, new FixedRandom());
        int peers = isFull ? limits.MaxPeers : 1;
        for (int i = 0; i < peers; i++)
            _peer = _endpoint.AddPeer(i)!;
        for (int i = 0; i < (isFull ? 2 * limits.DedupEntries : 4); i++)
        {
            _incoming = _datagram.Request(i % 2 == 0 ? CoapCode.Get : CoapCode.Put, "/3/0/0");
            Receive();
        }
    }

    public override bool IsFake(object item) => item is Peer or FixedRandom || base.IsFake(item);

    private BoardOperation Request(string name, string code, Func<byte[]> build) => new(name, Receive)
    {
        Prepare = () =>
        {
            _incoming = build();
            _outside.Sent = null;
        },
        Check = () => Datagram.Expect(code, _outside.Sent),
    };

    private byte[] UnknownOption()
    {
        byte[] request = _datagram.Request(CoapCode.Get, "/3");
        return [.. request, 0xD0, 0x7F]; // option 11 + 13 + 127 = 151, odd: critical, empty
    }

    private void Receive() => _endpoint.Receive(_peer, _incoming, 0, _incoming.Length, 1000);

    /// <summary>The network below and the application above.</summary>
    private sealed class Peer : ICoapOutput, ICoapHandler
    {
        private static readonly byte[] Text = "Example"u8.ToArray();

        public byte[]? Sent { get; set; }

        public bool Send(CoapPeer peer, byte[] buffer, int offset, int count)
        {
            Sent = buffer[offset..(offset + count)];
            return true;
        }

        public void OnRequest(CoapPeer peer, CoapMessage request, CoapResponse response, long nowMs)
        {
            response.Code = CoapCode.Content;
            response.ContentFormat = 0;
            Text.CopyTo(response.Payload, response.PayloadOffset);
            response.PayloadLength = Text.Length;
        }

        public void OnResponse(CoapPeer peer, int context, CoapMessage response, long nowMs)
        {
        }

        public void OnFailure(CoapPeer peer, int context, CoapFailure reason, long nowMs)
        {
        }

        public void OnAcknowledged(CoapPeer peer, int context, long nowMs)
        {
        }

        public void OnReset(CoapPeer peer, int messageId, long nowMs)
        {
        }

        public bool OnUnmatchedResponse(CoapPeer peer, CoapMessage message, long nowMs) => false;
    }
}
