using System;
using System.Collections.Generic;
using Lwm2m.Coap;

namespace Lwm2m.Simulation;

/// <summary>
/// An LwM2M server, small and deterministic, on our own CoAP endpoint: it registers the client, manages and observes it, is away for a
/// while, and comes back with or without its memory.
/// </summary>
internal sealed partial class Server : ICoapOutput, ICoapHandler
{
    private readonly World _world;
    private readonly Dice _dice;
    private readonly Dictionary<int, CoapPeer> _peers = new();
    private readonly string[] _arrows;
    private CoapEndpoint _coap;
    private int _life;
    private long _pollAtMs = long.MaxValue;

    public Server(World world, int index)
    {
        _world = world;
        Index = index;
        _dice = new Dice((ulong)world.Scenario.Seed * 31 + 100 + (ulong)index);
        string name = "s" + (index + 1);
        Arrow = "  " + name + " -> client      ";
        _arrows = new[] { "  client -> " + name + " (lost)", "  client -> " + name + "       ", "  client -> " + name + " (twice)" };
        _coap = NewEndpoint();
        MaxVersion = _dice.Pick(0, 1, 1, 2, 2, 2);
    }

    public int Index { get; }

    public bool IsUp { get; private set; } = true;

    /// <summary>How the log shows a message from this server that arrives.</summary>
    public string Arrow { get; }

    /// <summary>The highest LwM2M version it accepts: 1.0 plus this.</summary>
    public int MaxVersion { get; }

    /// <summary>How the log shows a message to this server of which so many copies arrive.</summary>
    public string ArrowTo(int copies) => _arrows[copies];

    public void Receive(int address, byte[] datagram)
    {
        if (!IsUp)
            return;
        _coap.Receive(PeerAt(address), datagram, 0, datagram.Length, _world.Agenda.NowMs);
        Poll();
    }

    /// <summary>The server goes down for a while. It keeps what it knows, or comes back as a stranger.</summary>
    public void Restart(long downMs, bool forgets)
    {
        if (!IsUp)
            return;
        _world.Note($"server {Index + 1}: down for {downMs / 1000} s" + (forgets ? ", forgets everything" : ""));
        IsUp = false;
        _life++;
        if (forgets)
            Forget();
        _world.Agenda.In(downMs, () => Start());
    }

    public void Start()
    {
        if (IsUp)
            return;
        _world.Note($"server {Index + 1}: up");
        IsUp = true;
        _coap = NewEndpoint();
        _peers.Clear();
        _current = null;
        _pollAtMs = long.MaxValue;
        Next();
    }

    bool ICoapOutput.Send(CoapPeer peer, byte[] buffer, int offset, int count)
    {
        _world.Network.ToDevice(Index, peer.Link, buffer.AsSpan(offset, count).ToArray());
        return true;
    }

    private void Poll()
    {
        long due = _coap.Poll(_world.Agenda.NowMs);
        if (due >= _pollAtMs)
            return;
        _pollAtMs = due;
        int life = _life;
        _world.Agenda.At(due, () =>
        {
            if (life != _life || !IsUp || _pollAtMs != due)
                return;
            _pollAtMs = long.MaxValue;
            Poll();
        });
    }

    // The link number of a peer is its address. When all places are taken the one that is not registered gives way.
    private CoapPeer PeerAt(int address)
    {
        if (_peers.TryGetValue(address, out CoapPeer? peer))
            return peer;
        peer = _coap.AddPeer(address);
        if (peer == null)
        {
            int oldest = int.MaxValue;
            foreach (int known in _peers.Keys)
                if (known != Registration?.Address && known < oldest)
                    oldest = known;
            _coap.RemovePeer(_peers[oldest], _world.Agenda.NowMs);
            _peers.Remove(oldest);
            peer = _coap.AddPeer(address)!;
        }

        _peers.Add(address, peer);
        return peer;
    }

    private CoapEndpoint NewEndpoint() => new(
        new CoapLimits
        {
            MaxMessageBytes = 1152,
            MaxHeaderBytes = 256,
            MaxPayloadBytes = 2048,
            BlockSize = 512,
            MaxPeers = 3,
            DedupEntries = 128,
            DedupBytes = 8192,
            Transfers = 2,
            MaxDeferred = 4,
        },
        this,
        this,
        _dice);
}
