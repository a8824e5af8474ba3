using System.Collections.Generic;
using Lwm2m.Client;

namespace Lwm2m.Simulation;

// What the application sends by its own choice: each message ends with exactly one event, and what was confirmed has arrived.
internal sealed partial class Device
{
    private readonly Dictionary<int, (int Server, long Value)> _sending = new();

    /// <summary>Messages that were taken and are neither confirmed nor refused.</summary>
    public int Sending => _sending.Count;

    /// <summary>Messages that were confirmed.</summary>
    public int SentMessages { get; private set; }

    public void Send(int server, int instance)
    {
        if (!IsOn)
            return;
        Stir();
        long value = Value(instance);
        Outcome outcome = _client!.Send(server, Probe.ObjectId, instance, Probe.Counter, -1, out int id);
        World.Note("device: send " + value + " to server " + server + ": " + outcome);
        if (outcome == Outcome.Ok && !_sending.TryAdd(id, (server, value)))
            World.Break("two messages have the id " + id);
    }

    public void Sent(ServerAccount server, int id, bool confirmed)
    {
        if (_isPowerGone)
            return;
        Note((confirmed ? "sent " : "send refused ") + id, server);
        if (!_sending.Remove(id, out (int Server, long Value) sent))
            World.Break("the message " + id + " ended twice");
        else if (confirmed && !World.Servers[sent.Server - 1].Sent.Contains(sent.Value))
            World.Break("the message " + id + " was confirmed by a server that never got it");
        if (confirmed)
            SentMessages++;
    }
}
