using System;
using System.Collections.Generic;
using Lwm2m.Coap;

namespace Lwm2m.Simulation;

/// <summary>A host on the other side of the network, on our own CoAP endpoint: it is away for a while, and comes back with or without its
/// memory.</summary>
internal abstract class Node : ICoapOutput, ICoapHandler
{
    private readonly Dictionary<int, CoapPeer> _peers = new();
    private readonly string[] _arrows;
    private int _life;
    private long _pollAtMs = long.MaxValue;

    /// <param name="world">Where it lives.</param>
    /// <param name="index">Its place: the network knows it by that.</param>
    /// <param name="name">How the log calls it, in two letters.</param>
    protected Node(World world, int index, string name)
    {
        World = world;
        Index = index;
        Name = name;
        Dice = new Dice((ulong)world.Scenario.Seed * 31 + 100 + (ulong)index);
        Arrow = "  " + name + " -> client      ";
        _arrows = new[] { "  client -> " + name + " (lost)", "  client -> " + name + "       ", "  client -> " + name + " (twice)" };
        Coap = NewEndpoint();
    }

    public int Index { get; }

    public string Name { get; }

    public bool IsUp { get; private set; } = true;

    /// <summary>How the log shows a message from this host that arrives.</summary>
    public string Arrow { get; }

    protected World World { get; }

    protected Dice Dice { get; }

    protected CoapEndpoint Coap { get; private set; }

    protected long NowMs => World.Agenda.NowMs;

    /// <summary>How the log shows a message to this host of which so many copies arrive.</summary>
    public string ArrowTo(int copies) => _arrows[copies];

    public void Receive(int address, byte[] datagram)
    {
        if (!IsUp)
            return;
        Coap.Receive(PeerAt(address), datagram, 0, datagram.Length, NowMs);
        Poll();
    }

    /// <summary>It goes down for a while. It keeps what it knows, or comes back as a stranger.</summary>
    public void Restart(long downMs, bool forgets)
    {
        if (!IsUp)
            return;
        World.Note(Name + ": down for " + downMs / 1000 + " s" + (forgets ? ", forgets everything" : ""));
        IsUp = false;
        _life++;
        if (forgets)
            Forget();
        World.Agenda.In(downMs, Start);
    }

    public void Start()
    {
        if (IsUp)
            return;
        World.Note(Name + ": up");
        IsUp = true;
        Coap = NewEndpoint();
        _peers.Clear();
        _pollAtMs = long.MaxValue;
        Restarted();
    }

    bool ICoapOutput.Send(CoapPeer peer, byte[] buffer, int offset, int count)
    {
        World.Network.ToDevice(Index, peer.Link, buffer.AsSpan(offset, count).ToArray());
        return true;
    }

    public abstract void OnRequest(CoapPeer peer, CoapMessage request, CoapResponse response, long nowMs);

    public abstract void OnResponse(CoapPeer peer, int context, CoapMessage response, long nowMs);

    public abstract void OnFailure(CoapPeer peer, int context, CoapFailure reason, long nowMs);

    public virtual void OnAcknowledged(CoapPeer peer, int context, long nowMs)
    {
    }

    public virtual void OnReset(CoapPeer peer, int messageId, long nowMs)
    {
    }

    public virtual bool OnUnmatchedResponse(CoapPeer peer, CoapMessage message, long nowMs) => false;

    /// <summary>What it knows of the client is gone.</summary>
    protected abstract void Forget();

    /// <summary>It is up again; what was under way is lost.</summary>
    protected abstract void Restarted();

    /// <summary>Whether the client is expected to speak from this address again.</summary>
    protected abstract bool Needs(int address);

    /// <summary>Does something later, unless the host goes down before.</summary>
    protected void Later(long delayMs, Action happens)
    {
        int life = _life;
        World.Agenda.In(delayMs, () =>
        {
            if (life == _life && IsUp)
                happens();
        });
    }

    /// <summary>Lets the endpoint do what is due, and plans the next time.</summary>
    protected void Poll()
    {
        long due = Coap.Poll(NowMs);
        if (due >= _pollAtMs)
            return;
        _pollAtMs = due;
        Later(due - NowMs, () =>
        {
            if (_pollAtMs != due)
                return;
            _pollAtMs = long.MaxValue;
            Poll();
        });
    }

    // The link number of a peer is its address. When all places are taken, one that is not needed gives way.
    protected CoapPeer PeerAt(int address)
    {
        if (_peers.TryGetValue(address, out CoapPeer? peer))
            return peer;
        peer = Coap.AddPeer(address);
        if (peer == null)
        {
            int oldest = int.MaxValue;
            foreach (int known in _peers.Keys)
                if (!Needs(known) && known < oldest)
                    oldest = known;
            Coap.RemovePeer(_peers[oldest], NowMs);
            _peers.Remove(oldest);
            peer = Coap.AddPeer(address)!;
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
        Dice);
}
