using System;

namespace Lwm2m.Coap;

// Own requests and the responses to them (RFC 7252 5).
public sealed partial class CoapEndpoint
{
    /// <summary>Hands out the builder of a request; null while an exchange with the peer is out, and within OnRequest.</summary>
    public CoapRequest? BeginRequest(CoapPeer peer)
    {
        if (peer.State != CoapPeer.Idle || _busy) return null;
        _request.Reset(peer, _random);
        return _request;
    }

    /// <summary>Sends the request. A body over the block size goes block by block, to a reliable peer one that does not fit a message.</summary>
    /// <param name="request">From <see cref="BeginRequest"/>.</param>
    /// <param name="context">Whatever the owner wants to be told with the outcome.</param>
    /// <param name="nowMs">Time of the call.</param>
    /// <returns>
    /// False when nothing was sent: the peer became busy, all block transfers are under way, or header and options leave no room in a message.
    /// </returns>
    public bool SendRequest(CoapRequest request, int context, long nowMs)
    {
        OutgoingMessage draft = request.Message;
        CoapPeer? peer = draft.Peer;
        if (peer == null) throw new InvalidOperationException("The request was sent already: begin a new one.");
        draft.Peer = null;
        if (peer.State != CoapPeer.Idle) return false;

        peer.Streams = request.StreamResponse;
        peer.EchoSent = false;
        peer.BlockStart = 0;
        peer.Transfer = null;

        int room = peer.MaxMessageBytes - OutgoingMessage.OwnBytes - draft.OptionsLength;
        int szx = BlockOption.SzxFor(room < _blockSize ? room : _blockSize);
        AskForBlocks(peer, draft);
        int length = draft.BodyLength;
        draft.SendOffset = _bodyOffset;
        draft.SendLength = length;
        bool reliable = peer.IsReliable;
        if (length > 16 << szx && !reliable && !BeginUpload(peer, draft, szx, nowMs)) return false;

        CoapType type = request.Confirmable && !reliable ? CoapType.Confirmable : CoapType.NonConfirmable;
        if (!Compose(peer, type, peer.NextMessageId(), request.Token, 0, request.TokenLength))
        {
            if (reliable) return BeginReliableUpload(peer, length, context, nowMs);
            ReleaseTransfer(peer);
            return false;
        }

        SendRequestMessage(peer, context, nowMs);
        return true;
    }

    private void SendRequestMessage(CoapPeer peer, int context, long nowMs)
    {
        bool confirmable = (CoapType)((_work[_outOffset] >> 4) & 3) == CoapType.Confirmable;
        if (confirmable)
        {
            SendReliably(peer, CoapPeer.RequestUnacknowledged, context, nowMs);
            return;
        }

        Keep(peer, CoapPeer.ResponseAwaited, context);
        SetTimer(peer, nowMs + _responseTimeoutMs);
        Send(peer, peer.Out, 0, peer.OutLength);
    }

    private void ReceiveResponse(CoapPeer peer, long nowMs)
    {
        CoapMessage message = _message;
        CoapType type = message.Type;
        if (type == CoapType.Reset) return;
        if (type == CoapType.NonConfirmable && peer.IsReliable)
        {
            ReceiveReliableResponse(peer, nowMs);
            return;
        }

        int key = peer.DedupKey | message.MessageId;
        int nowSeconds = (int)(nowMs / 1000);
        if (type != CoapType.Acknowledgement && RepeatAnswer(peer, _readAnswers, key, nowSeconds)) return;

        bool awaited = IsAwaited(peer);
        bool acceptable = message.BadOption == 0;
        bool known = acceptable && (awaited || (type != CoapType.Acknowledgement && _handler.OnUnmatchedResponse(peer, message, nowMs)));
        if (type == CoapType.Confirmable)
        {
            SendEmpty(peer, known ? CoapType.Acknowledgement : CoapType.Reset, message.MessageId);
            _readAnswers.Add(key, nowSeconds + _exchangeLifetimeSeconds, _work, _outOffset, _outLength);
        }
        else if (type == CoapType.NonConfirmable)
        {
            _readAnswers.Add(key, nowSeconds + _nonLifetimeSeconds, _work, 0, 0);
        }

        if (!awaited) return;
        if (acceptable) Proceed(peer, nowMs);
        else Fail(peer, CoapFailure.BadResponse, nowMs);
    }

    /// <summary>RFC 7252 5.3.2: the token matches, and in a piggybacked response the message id as well.</summary>
    private bool IsAwaited(CoapPeer peer)
    {
        if (peer.State != CoapPeer.RequestUnacknowledged && peer.State != CoapPeer.ResponseAwaited) return false;
        CoapMessage message = _message;
        if (message.Type == CoapType.Acknowledgement && message.MessageId != peer.OutMessageId) return false;
        int length = message.TokenLength;
        byte[] sent = peer.Out;
        if ((sent[0] & 15) != length) return false;
        byte[] buffer = message.Buffer;
        int offset = message.TokenOffset;
        for (int i = 0; i < length; i++)
        {
            if (buffer[offset + i] != sent[4 + i]) return false;
        }

        return true;
    }

    /// <summary>A response to the request that is out: is there more to do for it, or is it the last?</summary>
    private void Proceed(CoapPeer peer, long nowMs)
    {
        CoapMessage message = _message;
        int code = message.Code;
        if (code == CoapCode.Unauthorized && message.EchoLength > 0 && !peer.EchoSent)
        {
            // RFC 9175 2.3: once, with the value copied.
            peer.EchoSent = true;
            Resend(peer, ResendWithEcho, 0, 0, nowMs);
            return;
        }

        CoapTransfer? transfer = peer.Transfer;
        if (transfer == null)
        {
            if (code == CoapCode.RequestEntityTooLarge && message.Block1 >= 0 && SplitRequest(peer, nowMs)) return;
        }
        else if (transfer.Kind == CoapTransfer.Sending && ContinueUpload(peer, transfer, nowMs))
        {
            return;
        }

        if (ContinueDownload(peer, nowMs)) return;
        Finish(peer, nowMs);
    }

    private void Finish(CoapPeer peer, long nowMs)
    {
        peer.State = CoapPeer.Idle;
        CoapTransfer? transfer = peer.Transfer;
        peer.Transfer = null;
        if (transfer == null)
        {
            _handler.OnResponse(peer, peer.Context, _message, nowMs);
            return;
        }

        // The handler reads the body while it may begin the next transfer.
        transfer.Kind = CoapTransfer.InUse;
        try
        {
            _handler.OnResponse(peer, peer.Context, _message, nowMs);
        }
        finally
        {
            transfer.Release();
        }
    }
}
