using System;

namespace Lwm2m.Coap;

// Notifications (RFC 7641 4.2): responses that no request precedes. Who observes what is the handler's knowledge.
public sealed partial class CoapEndpoint
{
    /// <summary>Hands out the builder of a notification, its code set to 2.05; null within OnRequest.</summary>
    public CoapResponse? BeginNotification(CoapPeer peer)
    {
        if (_busy || peer.State == CoapPeer.Removed) return null;
        _response.Reset(peer);
        _response.Code = CoapCode.Content;
        return _response;
    }

    /// <summary>Sends a notification.</summary>
    /// <param name="response">From <see cref="BeginNotification"/>.</param>
    /// <param name="token">Buffer with the token of the observation.</param>
    /// <param name="offset">Where the token begins.</param>
    /// <param name="length">Its length, 0..8.</param>
    /// <param name="confirmable">
    /// CON when true: <see cref="ICoapHandler.OnAcknowledged"/> or <see cref="ICoapHandler.OnFailure"/> tells the outcome. To a reliable peer it makes no
    /// difference: the notification is sent at once, whatever else is out, and counts as acknowledged when this returns; nothing is told later.
    /// </param>
    /// <param name="context">What those are told.</param>
    /// <param name="nowMs">Time of the call.</param>
    /// <returns>
    /// The message id, which <see cref="ICoapHandler.OnReset"/> names; -1 when a CON must wait, since an exchange with the peer is out, which
    /// never happens with a reliable peer.
    /// </returns>
    public int SendNotification(CoapResponse response, byte[] token, int offset, int length, bool confirmable, int context, long nowMs)
    {
        CoapPeer? peer = response.Message.Peer;
        if (peer == null) throw new InvalidOperationException("The notification was sent already: begin a new one.");
        response.Message.Peer = null;
        if (confirmable)
        {
            if (peer.IsReliable) confirmable = false;
            else if (peer.State != CoapPeer.Idle) return -1;
        }

        Slice(peer, -1, null, response.CacheKey, nowMs);
        int messageId = peer.NextMessageId();
        ComposeAnswer(peer, confirmable ? CoapType.Confirmable : CoapType.NonConfirmable, messageId, token, offset, length);
        if (confirmable) SendReliably(peer, CoapPeer.AnswerUnacknowledged, context, nowMs);
        else Send(peer, _work, _outOffset, _outLength);
        return messageId;
    }
}
