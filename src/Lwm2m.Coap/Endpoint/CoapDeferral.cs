namespace Lwm2m.Coap;

/// <summary>A request whose response is still to come: what the response needs of it.</summary>
internal sealed class CoapDeferral
{
    internal readonly byte[] Token = new byte[CoapMessage.MaxTokenLength];
    internal CoapPeer? Peer;
    internal int Id;
    internal int TokenLength;
    internal bool Confirmable;
    internal int NoResponse;
    internal int Block1;
    internal int Block2;
    internal int CacheKey;
    internal long SinceMs;
}
