using System;

namespace Lwm2m.Coap;

/// <summary>Builder of a request: <see cref="CoapEndpoint.BeginRequest"/> hands it out, <see cref="CoapEndpoint.SendRequest"/> sends it.</summary>
public sealed class CoapRequest : CoapOutgoing
{
    internal const int NewTokenLength = 4;

    internal CoapRequest(OutgoingMessage message)
        : base(message)
    {
    }

    /// <summary>CON when true (the default), else NON.</summary>
    public bool Confirmable { get; set; }

    /// <summary>Accept, -1 for none.</summary>
    public int Accept
    {
        get => (int)Message.Get(OutgoingMessage.Accept);
        set => Message.Set(OutgoingMessage.Accept, value);
    }

    /// <summary>Observe: 0 register, 1 deregister, -1 for none.</summary>
    public int Observe
    {
        get => (int)Message.Get(OutgoingMessage.Observe);
        set => Message.Set(OutgoingMessage.Observe, value);
    }

    /// <summary>
    /// Value of the first Block2, -1 for none: asks for smaller blocks, or, with <see cref="StreamResponse"/>, resumes at a later block. An
    /// endpoint whose block size is under 1024 asks for its own by itself.
    /// </summary>
    public int Block2
    {
        get => (int)Message.Get(OutgoingMessage.Block2);
        set => Message.Set(OutgoingMessage.Block2, value);
    }

    /// <summary>
    /// True: the blocks of a large response go to <see cref="ICoapHandler.OnResponse"/> one by one, as they come. The last one is the one
    /// whose Block2 says that no more follow. False (the default): they are assembled.
    /// </summary>
    public bool StreamResponse { get; set; }

    /// <summary>The token; four random bytes unless <see cref="SetToken"/> was called.</summary>
    public byte[] Token { get; } = new byte[CoapMessage.MaxTokenLength];

    /// <summary>Length of the token, 0..8.</summary>
    public int TokenLength { get; private set; }

    /// <summary>Sets the token, as a deregistration needs it, which repeats that of the observation (RFC 7641 3.6).</summary>
    public void SetToken(byte[] token, int offset, int length)
    {
        if (length < 0 || length > CoapMessage.MaxTokenLength) throw new ArgumentOutOfRangeException(nameof(length));
        Array.Copy(token, offset, Token, 0, length);
        TokenLength = length;
    }

    /// <summary>Adds a path segment.</summary>
    public void AddPath(string segment) => AddOption(CoapOption.UriPath, segment);

    /// <summary>Adds a path segment that is a number.</summary>
    public void AddPath(int segment) => Message.AddDecimal(CoapOption.UriPath, segment);

    /// <summary>Adds a path segment in UTF-8.</summary>
    public void AddPath(byte[] segment, int offset, int length) => AddOption(CoapOption.UriPath, segment, offset, length);

    /// <summary>Adds the query parameter <c>key=value</c>.</summary>
    public void AddQuery(string key, string value) => Message.AddPair(CoapOption.UriQuery, key, value);

    /// <summary>Adds the query parameter <c>key=value</c> with a number.</summary>
    public void AddQuery(string key, long value) => Message.AddPair(CoapOption.UriQuery, key, value);

    /// <summary>Adds a whole query parameter.</summary>
    public void AddQuery(string parameter) => AddOption(CoapOption.UriQuery, parameter);

    internal void Reset(CoapPeer peer, IRandom random)
    {
        Message.Reset(CoapCode.Get);
        Message.Peer = peer;
        Confirmable = true;
        StreamResponse = false;
        TokenLength = NewTokenLength;
        // RFC 9175 4: unguessable, so that no answer to an earlier request can pass for one to this.
        random.Fill(Token, 0, NewTokenLength);
    }
}
