using System.Collections.Generic;
using System.Globalization;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Simulation;

// Observations and what they bring (Core 6.4).
internal sealed partial class Server
{
    private uint _lastToken = 0x1000_0000;

    public List<ServerObservation> Observations { get; } = new();

    public override bool OnUnmatchedResponse(CoapPeer peer, CoapMessage message, long nowMs)
    {
        _heardMs = nowMs;
        World.Agenda.In(0, Next);
        foreach (ServerObservation observation in Observations)
        {
            if (!observation.HasToken(message))
                continue;
            if (!CoapCode.IsSuccess(message.Code))
                Observations.Remove(observation);
            else
                Value(observation, message, nowMs);
            return true;
        }

        return false;
    }

    /// <summary>Values that the client sent by its own choice.</summary>
    public HashSet<long> Sent { get; } = new();

    private int TakeSent(CoapPeer peer, CoapMessage request)
    {
        if (!HasClient || Registration!.Address != peer.Link)
            return CoapCode.NotFound;
        PayloadReader? reader = World.Formats.Reader(request.ContentFormat);
        if (reader == null)
            return CoapCode.UnsupportedContentFormat;
        reader.Begin(request.PayloadBuffer, request.PayloadOffset, request.PayloadLength, -1, -1, -1, -1);
        while (reader.Next() == FormatStatus.Ok)
            if (reader.ObjectId == Probe.ObjectId && reader.GetInteger(out long value) == FormatStatus.Ok)
                Sent.Add(value);
        return CoapCode.Changed;
    }

    private ServerObservation NewObservation(int instance, int resource)
    {
        uint number = ++_lastToken;
        byte[] token = { (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number };
        return new ServerObservation(token, instance, resource, _confirmable);
    }

    private void Begin(ServerObservation observation, CoapMessage response, long nowMs)
    {
        if (response.Code != CoapCode.Content || response.Observe < 0)
        {
            Observations.Remove(observation);
            return;
        }

        observation.IsActive = true;
        Value(observation, response, nowMs);
    }

    private void Value(ServerObservation observation, CoapMessage message, long nowMs)
    {
        long value = Counter(observation, message);
        if (value >= 0)
            observation.Take(message.Observe, value, nowMs);
    }

    // The value of /33000/instance/0 in a payload of any format.
    private long Counter(ServerObservation observation, CoapMessage message)
    {
        PayloadReader? reader = World.Formats.Reader(message.ContentFormat);
        if (reader == null)
        {
            World.Break("a notification has format " + message.ContentFormat.ToString(CultureInfo.InvariantCulture));
            return -1;
        }

        reader.Begin(message.PayloadBuffer, message.PayloadOffset, message.PayloadLength, Probe.ObjectId, observation.Instance, observation.Resource, -1);
        while (reader.Next() == FormatStatus.Ok)
            if (reader.Kind == RecordKind.Value && reader.ResourceId == Probe.Counter && reader.GetInteger(out long value) == FormatStatus.Ok)
                return value;

        World.Break("a notification of /33000/" + observation.Instance + " brings no counter");
        return -1;
    }
}
