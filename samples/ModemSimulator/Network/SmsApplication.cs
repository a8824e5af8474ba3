using System;
using System.Collections.Generic;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>A server that has a number: what devices send there goes on as datagrams, a link for each device, and comes back the same way.</summary>
internal sealed class SmsApplication(CellularNetwork network, string number, ServerLinkFactory factory) : IDisposable
{
    // EXCHANGE_LIFETIME (RFC 7252 4.8.2).
    private static readonly TimeSpan s_exchangeLifetime = TimeSpan.FromSeconds(247);

    private readonly Dictionary<string, IServerLink> _links = [];
    private readonly Dictionary<(string Device, string Message), DateTimeOffset> _sent = [];
    private readonly Reassembly _reassembly = new();
    private byte _reference;

    public string Number => number;

    /// <summary>The other way round: a message of the server's to a device.</summary>
    public void Send(string device, byte[] message, bool wapPush)
    {
        foreach ((byte[] data, bool hasHeader) in MessageSplitter.Split(message, ++_reference, wapPush))
            network.Submit(ShortMessage.OfData(number, "+" + device, data, hasHeader));
    }

    public void Receive(ShortMessage message)
    {
        string device = PhoneNumber.Normalise(message.From);
        if (_reassembly.Add(message) is not { } whole)
            return;
        if (!_links.TryGetValue(device, out IServerLink? link))
            _links[device] = link = factory(device, data => network.Loop.Run(() => OnServer(device, data)));
        link.Send(whole);
    }

    public void Dispose()
    {
        foreach (IServerLink link in _links.Values)
            link.Dispose();
    }

    private void OnServer(string device, byte[] message)
    {
        // More than 255 parts cannot be told apart.
        if (message.Length > 255 * 134)
            return;
        if (network.Options.DropsSmsRetransmissions && IsRepeated(device, message))
            return;
        Send(device, message, false);
    }

    private bool IsRepeated(string device, byte[] message)
    {
        DateTimeOffset now = network.Loop.Now;
        (string, string) key = (device, Hex.Write(message));
        bool isRepeated = _sent.TryGetValue(key, out DateTimeOffset then) && now - then < s_exchangeLifetime;
        if (!isRepeated)
            _sent[key] = now;
        return isRepeated;
    }
}
