using System;

namespace Lwm2m.Coap;

// Requests of a peer and the responses to them (RFC 7252 5), at once or later.
public sealed partial class CoapEndpoint
{
    /// <summary>True while the deferred request is still to be answered: its peer was not reset, and it was not answered.</summary>
    public bool IsDeferred(int deferral) => FindDeferral(deferral) != null;

    /// <summary>
    /// Hands out the builder of a deferred response; null when the deferral is gone, within OnRequest, and, for a CON request, while an
    /// exchange with the peer is out.
    /// </summary>
    public CoapResponse? BeginDeferred(int deferral)
    {
        CoapDeferral? pending = FindDeferral(deferral);
        if (pending == null || _busy) return null;
        CoapPeer peer = pending.Peer!;
        if (pending.Confirmable && peer.State != CoapPeer.Idle) return null;
        _response.Reset(peer);
        _response.Deferral = pending;
        return _response;
    }

    /// <summary>Sends a deferred response, as CON when the request was CON.</summary>
    /// <param name="response">From <see cref="BeginDeferred"/>.</param>
    /// <param name="context">What <see cref="ICoapHandler.OnAcknowledged"/> or <see cref="ICoapHandler.OnFailure"/> is told about a CON.</param>
    /// <param name="nowMs">Time of the call.</param>
    /// <returns>False when the peer became busy meanwhile; the deferral stays.</returns>
    public bool SendDeferred(CoapResponse response, int context, long nowMs)
    {
        CoapDeferral? pending = response.Deferral;
        CoapPeer? peer = response.Message.Peer;
        if (pending == null || peer == null) throw new InvalidOperationException("No deferred response was begun.");
        response.Deferral = null;
        response.Message.Peer = null;
        if (pending.Peer != peer || (pending.Confirmable && peer.State != CoapPeer.Idle)) return false;

        pending.Peer = null;
        if (IsUnwanted(response.Code, pending.NoResponse)) return true;
        response.Message.Set(OutgoingMessage.Block1, pending.Block1);
        Slice(peer, pending.Block2, null, pending.CacheKey, nowMs);
        int messageId = peer.NextMessageId();
        CoapType type = pending.Confirmable ? CoapType.Confirmable : CoapType.NonConfirmable;
        ComposeAnswer(peer, type, messageId, pending.Token, 0, pending.TokenLength);
        if (pending.Confirmable) SendReliably(peer, CoapPeer.AnswerUnacknowledged, context, nowMs);
        else Send(peer, _work, _outOffset, _outLength);
        return true;
    }

    internal int Defer(CoapResponse response)
    {
        if (!_asking) throw new InvalidOperationException("Only a request that is just being handled can be deferred.");
        if (response.Deferred) return response.Deferral!.Id;
        CoapDeferral? free = null;
        for (int i = 0; i < _deferrals.Length; i++)
        {
            CoapDeferral deferral = _deferrals[i];
            // After EXCHANGE_LIFETIME nobody waits for the response any more.
            if (deferral.Peer != null && _askedMs - deferral.SinceMs < _exchangeLifetimeSeconds * 1000L) continue;
            free = _deferrals[i];
            free.Id = (++_lastDeferral & 0xFFFFFF) * _deferrals.Length + i;
            break;
        }

        if (free == null) return -1;
        CoapMessage request = _message;
        free.SinceMs = _askedMs;
        free.Peer = response.Message.Peer;
        free.Confirmable = request.Type == CoapType.Confirmable;
        free.TokenLength = request.TokenLength;
        Array.Copy(request.Buffer, request.TokenOffset, free.Token, 0, request.TokenLength);
        free.NoResponse = request.NoResponse;
        free.Block1 = (int)response.Message.Get(OutgoingMessage.Block1);
        free.Block2 = request.Block2;
        free.CacheKey = request.CacheKey();
        response.Deferral = free;
        response.Deferred = true;
        return free.Id;
    }

    private CoapDeferral? FindDeferral(int id)
    {
        if (id < 0 || _deferrals.Length == 0) return null;
        CoapDeferral deferral = _deferrals[id % _deferrals.Length];
        return deferral.Peer != null && deferral.Id == id ? deferral : null;
    }

    private void ReceiveRequest(CoapPeer peer, long nowMs)
    {
        CoapMessage request = _message;
        CoapType type = request.Type;
        if (type != CoapType.Confirmable)
        {
            if (type != CoapType.NonConfirmable) return;
            if (peer.IsReliable)
            {
                ReceiveReliableRequest(peer, nowMs);
                return;
            }
        }

        int code = request.Code;
        DedupRing answers = code == CoapCode.Get || code == CoapCode.Fetch ? _readAnswers : _otherAnswers;
        int key = peer.DedupKey | request.MessageId;
        int nowSeconds = (int)(nowMs / 1000);
        if (RepeatAnswer(peer, answers, key, nowSeconds)) return;

        CoapResponse response = _response;
        response.Reset(peer);
        bool silent = false;
        if (request.IsPlain)
        {
            Ask(peer, request, response, null, nowMs);
            if (!response.Deferred) Slice(peer, -1, request, 0, nowMs);
        }
        else
        {
            silent = !Answer(peer, request, response, nowMs);
        }

        if (!response.Ignored) Reply(peer, request, response, silent, answers, key, nowSeconds);
    }

    /// <summary>Sends the answer to a message that came before, if it was one; false when the message is new.</summary>
    private bool RepeatAnswer(CoapPeer peer, DedupRing answers, int key, int nowSeconds)
    {
        int place = answers.Find(key, nowSeconds);
        if (place == DedupRing.NotFound) return false;
        int length = answers.LengthAt(place);
        if (length > 0) Send(peer, answers.Bytes, answers.OffsetAt(place), length);
        return true;
    }

    /// <summary>Finds the response to a request that wants something special; false when there is to be none.</summary>
    private bool Answer(CoapPeer peer, CoapMessage request, CoapResponse response, long nowMs)
    {
        if (request.BadOption != 0)
        {
            // RFC 7252 5.4.1: a NON is rejected, here by silence. A connection has no NON.
            response.Code = CoapCode.BadOption;
            response.Diagnostic("option ", request.BadOption);
            _draft.SendOffset = _bodyOffset;
            _draft.SendLength = _draft.BodyLength;
            return request.Type == CoapType.Confirmable || peer.IsReliable;
        }

        if (request.HasProxyOption)
        {
            response.Code = CoapCode.ProxyingNotSupported;
            return true;
        }

        int block1 = request.Block1;
        int block2 = request.Block2;
        bool isBert = (block1 >= 0 && BlockOption.Szx(block1) == BlockOption.ReservedSzx)
            || (block2 >= 0 && BlockOption.Szx(block2) == BlockOption.ReservedSzx);
        if (isBert && !peer.IsReliable)
        {
            response.Code = CoapCode.BadRequest;
            return true;
        }

        CoapTransfer? assembled = null;
        if (block1 >= 0 && !Assemble(peer, request, response, block1, out assembled, nowMs)) return true;
        if (assembled == null && BlockOption.Num(block2) > 0 && ServeBlock(peer, request, response, block2, nowMs)) return true;
        Ask(peer, request, response, assembled, nowMs);
        if (response.Deferred || response.Ignored) return true;
        if (IsUnwanted(response.Code, request.NoResponse)) return false;
        if (request.Size2 >= 0 && response.PayloadLength > 0 && CoapCode.IsSuccess(response.Code)) _draft.Set(OutgoingMessage.Size2, _draft.BodyLength);
        Slice(peer, block2, request, 0, nowMs);
        return true;
    }

    private void Ask(CoapPeer peer, CoapMessage request, CoapResponse response, CoapTransfer? assembled, long nowMs)
    {
        _busy = true;
        _asking = true;
        _askedMs = nowMs;
        try
        {
            _handler.OnRequest(peer, request, response, nowMs);
        }
        finally
        {
            _busy = false;
            _asking = false;
            if (assembled != null) assembled.Release();
        }
    }

    private void Reply(CoapPeer peer, CoapMessage request, CoapResponse response, bool silent, DedupRing answers, int key, int nowSeconds)
    {
        if (request.Type == CoapType.NonConfirmable)
        {
            if (!silent && !response.Deferred)
            {
                ComposeAnswer(peer, CoapType.NonConfirmable, peer.NextMessageId(), request.Buffer, request.TokenOffset, request.TokenLength);
                Send(peer, _work, _outOffset, _outLength);
            }

            // A repeated NON is not answered again (RFC 7252 4.5).
            answers.Add(key, nowSeconds + _nonLifetimeSeconds, _work, 0, 0);
            return;
        }

        if (silent || response.Deferred)
        {
            SendEmpty(peer, CoapType.Acknowledgement, request.MessageId);
        }
        else
        {
            ComposeAnswer(peer, CoapType.Acknowledgement, request.MessageId, request.Buffer, request.TokenOffset, request.TokenLength);
            Send(peer, _work, _outOffset, _outLength);
        }

        int expiry = nowSeconds + _exchangeLifetimeSeconds;
        if (answers.Add(key, expiry, _work, _outOffset, _outLength) || answers == _readAnswers) return;
        // Too large to remember as it is: what a repetition must not do is to run again, so it gets the bare code.
        int headerLength = 4 + request.TokenLength;
        answers.Add(key, expiry, _work, _outOffset, headerLength);
    }

    /// <summary>Composes a response; one that fits no message becomes a bare 5.00.</summary>
    private void ComposeAnswer(CoapPeer peer, CoapType type, int messageId, byte[] token, int tokenOffset, int tokenLength)
    {
        if (Compose(peer, type, messageId, token, tokenOffset, tokenLength)) return;
        _draft.Reset(CoapCode.InternalServerError);
        Compose(peer, type, messageId, token, tokenOffset, tokenLength);
    }

    /// <summary>RFC 7967 2.1. Continue is no outcome, so it is never unwanted.</summary>
    private static bool IsUnwanted(int code, int noResponse) =>
        noResponse > 0 && (noResponse & (1 << (CoapCode.Class(code) - 1))) != 0 && code != CoapCode.Continue;

    /// <summary>
    /// The message is larger than this endpoint takes, and the transport may have cut it: a request gets 4.13 with the size that would do
    /// (RFC 7959 2.9.3), whatever else is handled as a format error.
    /// </summary>
    private void ReceiveOversized(CoapPeer peer, CoapParseStatus status, long nowMs)
    {
        CoapMessage message = _message;
        bool isRequest = message.Code != CoapCode.Empty && message.Code < 0x20 && status != CoapParseStatus.ReservedClass;
        if (isRequest && message.Type <= CoapType.NonConfirmable)
        {
            CoapResponse response = _response;
            response.Reset(peer);
            response.Code = CoapCode.RequestEntityTooLarge;
            _draft.Set(OutgoingMessage.Size1, _maxPayloadBytes);
            _draft.Set(OutgoingMessage.Block1, BlockOption.Encode(0, true, peer.Szx));
            Reply(peer, message, response, false, _readAnswers, peer.DedupKey | message.MessageId, (int)(nowMs / 1000));
            return;
        }

        bool awaited = !isRequest && IsAwaited(peer);
        if (message.Type == CoapType.Confirmable) SendEmpty(peer, CoapType.Reset, message.MessageId);
        if (awaited) Fail(peer, CoapFailure.TooLarge, nowMs);
    }
}
