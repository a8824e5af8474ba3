using System;
using System.Collections.Generic;

namespace Lwm2m.Coap.Tests;

/// <summary>
/// Two endpoints and a network between them that loses, doubles, delays and so reorders datagrams, on one clock, from one seed.
/// </summary>
internal sealed class Pair
{
    private readonly PriorityQueue<(Host To, byte[] Datagram), long> _network = new();
    private readonly SeededRandom _random;

    public Pair(int seed, Action<CoapLimits>? configure = null)
    {
        _random = new SeededRandom(seed);
        Client = new Host(this, seed + 1, configure);
        Server = new Host(this, seed + 2, configure);
        Client.Other = Server;
        Server.Other = Client;
    }

    public Host Client { get; }

    public Host Server { get; }

    public long Now { get; private set; }

    public int LossPercent { get; set; }

    public int DuplicatePercent { get; set; }

    public int MaxDelayMs { get; set; } = 100;

    public int Datagrams { get; private set; }

    /// <summary>Lets time pass until nothing is on its way and no timer runs, or the condition holds.</summary>
    public void RunUntil(Func<bool> done, long limitMs = 3600000)
    {
        long end = Now + limitMs;
        while (!done() && Now < end)
        {
            long next = Math.Min(Client.Endpoint.Poll(Now), Server.Endpoint.Poll(Now));
            if (_network.TryPeek(out _, out long arrives) && arrives < next) next = arrives;
            if (next == long.MaxValue) return;
            if (next > Now) Now = next;
            while (_network.TryPeek(out _, out arrives) && arrives <= Now)
            {
                (Host to, byte[] datagram) = _network.Dequeue();
                to.Endpoint.Receive(to.Peer, datagram, 0, datagram.Length, Now);
            }
        }
    }

    private void Carry(Host to, byte[] datagram)
    {
        Datagrams++;
        if (_random.Next(100) < LossPercent) return;
        _network.Enqueue((to, datagram), Now + _random.Next(MaxDelayMs + 1));
        if (_random.Next(100) < DuplicatePercent) _network.Enqueue((to, datagram), Now + _random.Next(MaxDelayMs * 20 + 1));
    }

    internal sealed class Host : ICoapOutput, ICoapHandler
    {
        private readonly Pair _pair;

        public Host(Pair pair, int seed, Action<CoapLimits>? configure)
        {
            _pair = pair;
            CoapLimits limits = new();
            configure?.Invoke(limits);
            Endpoint = new CoapEndpoint(limits, this, this, new SeededRandom(seed));
            Peer = Endpoint.AddPeer(0)!;
        }

        public CoapEndpoint Endpoint { get; }

        public CoapPeer Peer { get; }

        public Host Other { get; set; } = null!;

        public Action<CoapMessage, CoapResponse>? Answer { get; set; }

        public int Asked { get; private set; }

        public List<(int Code, byte[] Body)> Responses { get; } = new();

        public List<CoapFailure> Failures { get; } = new();

        public int Acknowledged { get; private set; }

        public bool Send(CoapPeer peer, byte[] buffer, int offset, int count)
        {
            _pair.Carry(Other, buffer[offset..(offset + count)]);
            return true;
        }

        public void OnRequest(CoapPeer peer, CoapMessage request, CoapResponse response, long nowMs)
        {
            Asked++;
            response.Code = CoapCode.Content;
            Answer?.Invoke(request, response);
        }

        public void OnResponse(CoapPeer peer, int context, CoapMessage response, long nowMs) => Responses.Add((response.Code, Bed.BodyOf(response)));

        public void OnFailure(CoapPeer peer, int context, CoapFailure reason, long nowMs) => Failures.Add(reason);

        public void OnAcknowledged(CoapPeer peer, int context, long nowMs) => Acknowledged++;

        public void OnReset(CoapPeer peer, int messageId, long nowMs)
        {
        }

        public bool OnUnmatchedResponse(CoapPeer peer, CoapMessage message, long nowMs) => false;
    }
}
