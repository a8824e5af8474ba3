using System;
using System.Text;

namespace Lwm2m.Coap;

/// <summary>
/// Builder of a response or notification. <see cref="ICoapHandler.OnRequest"/> is handed one to fill; <see cref="CoapEndpoint.BeginDeferred"/>
/// and <see cref="CoapEndpoint.BeginNotification"/> hand out the others.
/// </summary>
public sealed class CoapResponse : CoapOutgoing
{
    private const int DefaultMaxAgeSeconds = 60;

    internal CoapDeferral? Deferral;
    internal bool Deferred;

    private readonly CoapEndpoint _endpoint;
    private int _cacheKey;
    private bool _ignored;

    internal CoapResponse(CoapEndpoint endpoint, OutgoingMessage message)
        : base(message)
    {
        _endpoint = endpoint;
    }

    /// <summary>Sequence number of a notification, 0..2^24 - 1 (<see cref="Lwm2m.Coap.ObserveSequence"/>); -1 for none.</summary>
    public long ObserveSequence
    {
        get => Message.Get(OutgoingMessage.Observe);
        set => Message.Set(OutgoingMessage.Observe, value);
    }

    /// <summary>Max-Age in seconds, -1 for none. 60 is what its absence means, so it is left out too.</summary>
    public long MaxAgeSeconds
    {
        get => Message.Get(OutgoingMessage.MaxAge);
        set => Message.Set(OutgoingMessage.MaxAge, value == DefaultMaxAgeSeconds ? -1 : value);
    }

    /// <summary>
    /// For a notification: <see cref="CoapMessage.CacheKey()"/> of the request that set up the observation, 0 when unknown. With it, the blocks that
    /// the peer fetches after a large notification come from the same snapshot.
    /// </summary>
    public int CacheKey
    {
        get => _cacheKey;
        set => _cacheKey = value;
    }

    /// <summary>Set within <see cref="ICoapHandler.OnRequest"/>: the request is passed over as if it had never come, without any answer.</summary>
    public bool Ignored
    {
        get => _ignored;
        set => _ignored = value;
    }

    /// <summary>Adds a segment of the location of what was created.</summary>
    public void AddLocationPath(string segment) => AddOption(CoapOption.LocationPath, segment);

    /// <summary>Adds a segment of the location of what was created, a number.</summary>
    public void AddLocationPath(int segment) => Message.AddDecimal(CoapOption.LocationPath, segment);

    /// <summary>Makes a text the body, for a person to read (RFC 7252 5.5.2); cut when it is too long. Has no Content-Format.</summary>
    public void Diagnostic(string text)
    {
        ContentFormat = -1;
        int room = PayloadCapacity;
        int chars = text.Length;
        while (chars * 3 > room) chars = room / 3;
        PayloadLength = Encoding.UTF8.GetBytes(text, 0, chars, Payload, PayloadOffset);
    }

    /// <summary>
    /// Puts the answer off: the peer gets an empty acknowledgement now and the response later, by <see cref="CoapEndpoint.BeginDeferred"/> and
    /// <see cref="CoapEndpoint.SendDeferred"/> (RFC 7252 5.2.2). Only within <see cref="ICoapHandler.OnRequest"/>.
    /// </summary>
    /// <returns>Number of the deferral, or -1 when <see cref="CoapLimits.MaxDeferred"/> are pending.</returns>
    public int Defer() => _endpoint.Defer(this);

    internal void Diagnostic(string text, int number)
    {
        Diagnostic(text);
        PayloadLength += DecimalText.Write(Payload, PayloadOffset + PayloadLength, number);
    }

    internal void Reset(CoapPeer peer)
    {
        Message.Reset(CoapCode.InternalServerError);
        Message.Peer = peer;
        Deferral = null;
        Deferred = false;
        _cacheKey = 0;
        _ignored = false;
    }
}
