namespace Lwm2m.Coap;

/// <summary>Why a <see cref="CoapStream"/> gave its connection up.</summary>
public enum CoapStreamFailure
{
    /// <summary>The peer broke the rules of RFC 8323 and was sent an Abort.</summary>
    ProtocolError = 0,

    /// <summary>The peer sent an Abort.</summary>
    Aborted = 1,

    /// <summary>Nothing came after a Ping for <see cref="CoapStream.PongTimeoutMs"/>.</summary>
    NoPong = 2,

    /// <summary>A message of more than 65,804 bytes could be written in part only, so that the connection is out of step.</summary>
    CutMessage = 3,
}
