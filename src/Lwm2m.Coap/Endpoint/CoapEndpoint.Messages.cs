namespace Lwm2m.Coap;

// The message layer (RFC 7252 4): types, message ids, acknowledgement, retransmission. What requests and responses mean is not looked at here,
// so that a reliable peer can do without (RFC 8323).
public sealed partial class CoapEndpoint
{
    /// <summary>Takes one datagram. Never throws on what a peer sent; the buffer is not kept.</summary>
    public void Receive(CoapPeer peer, byte[] buffer, int offset, int count, long nowMs)
    {
        if (peer.State == CoapPeer.Removed) return;
        peer.Counters?.CountReceived(count);

        CoapMessage message = _message;
        CoapParseStatus status = message.Parse(buffer, offset, count);
        if (count > MaxMessageBytes && status != CoapParseStatus.UnknownVersion)
        {
            ReceiveOversized(peer, status, nowMs);
            return;
        }

        if (status == CoapParseStatus.Ok)
        {
            int code = message.Code;
            if (code == CoapCode.Empty) ReceiveEmpty(peer, nowMs);
            else if (code < 0x20) ReceiveRequest(peer, nowMs);
            else ReceiveResponse(peer, nowMs);
            return;
        }

        bool isMessage = status == CoapParseStatus.Malformed || status == CoapParseStatus.ReservedClass;
        if (isMessage && message.Type == CoapType.Confirmable) SendEmpty(peer, CoapType.Reset, message.MessageId);
    }

    /// <summary>
    /// Asks whether the peer is there: an empty CON, which it answers with RST. The answer is told by <see cref="ICoapHandler.OnAcknowledged"/>.
    /// </summary>
    /// <returns>False when an exchange with the peer is out, and for a reliable peer: there the stream asks (<see cref="CoapStream.Ping"/>).</returns>
    public bool Ping(CoapPeer peer, int context, long nowMs)
    {
        if (peer.State != CoapPeer.Idle || peer.IsReliable) return false;
        _writer.Begin(_work, 0, _work.Length);
        _writer.Empty(CoapType.Confirmable, peer.NextMessageId());
        _outOffset = 0;
        _outLength = _writer.Length;
        SendReliably(peer, CoapPeer.Pinging, context, nowMs);
        return true;
    }

    private void ReceiveEmpty(CoapPeer peer, long nowMs)
    {
        int messageId = _message.MessageId;
        bool ours = peer.State > CoapPeer.Idle && peer.OutMessageId == messageId;
        switch (_message.Type)
        {
            case CoapType.Confirmable:
                SendEmpty(peer, CoapType.Reset, messageId);
                return;
            case CoapType.Acknowledgement:
                if (ours) Acknowledged(peer, nowMs);
                return;
            case CoapType.Reset:
                if (!ours) _handler.OnReset(peer, messageId, nowMs);
                else if (peer.State == CoapPeer.Pinging) Complete(peer, nowMs);
                else Fail(peer, CoapFailure.Reset, nowMs);
                return;
            default:
                return;
        }
    }

    private void Acknowledged(CoapPeer peer, long nowMs)
    {
        switch (peer.State)
        {
            case CoapPeer.RequestUnacknowledged:
                peer.State = CoapPeer.ResponseAwaited;
                SetTimer(peer, nowMs + _responseTimeoutMs);
                return;
            case CoapPeer.ResponseAwaited:
                return;
            default:
                Complete(peer, nowMs);
                return;
        }
    }

    private void Complete(CoapPeer peer, long nowMs)
    {
        peer.State = CoapPeer.Idle;
        _handler.OnAcknowledged(peer, peer.Context, nowMs);
    }

    private void Fail(CoapPeer peer, CoapFailure reason, long nowMs)
    {
        peer.State = CoapPeer.Idle;
        ReleaseTransfer(peer);
        _handler.OnFailure(peer, peer.Context, reason, nowMs);
    }

    private void Expire(CoapPeer peer, long nowMs)
    {
        if (peer.State == CoapPeer.ResponseAwaited)
        {
            Fail(peer, CoapFailure.ResponseTimeout, nowMs);
            return;
        }

        if (peer.Retransmissions >= peer.MaxRetransmit)
        {
            Fail(peer, CoapFailure.Timeout, nowMs);
            return;
        }

        peer.Retransmissions++;
        if (peer.Counters != null) peer.Counters.MessagesRetransmitted++;
        peer.TimeoutMs <<= 1;
        SetTimer(peer, nowMs + peer.TimeoutMs);
        Send(peer, peer.Out, 0, peer.OutLength);
    }

    /// <summary>Sends the message in the work buffer and keeps it for retransmission.</summary>
    private void SendReliably(CoapPeer peer, int state, int context, long nowMs)
    {
        Keep(peer, state, context);
        // RFC 7252 4.2: between ACK_TIMEOUT and ACK_TIMEOUT * ACK_RANDOM_FACTOR.
        int spread = (int)((long)peer.AckTimeoutMs * _ackSpreadPercent / 100);
        int jitter = spread > 0 ? (int)((uint)_random.Next() % (uint)(spread + 1)) : 0;
        peer.TimeoutMs = peer.AckTimeoutMs + jitter;
        SetTimer(peer, nowMs + peer.TimeoutMs);
        Send(peer, peer.Out, 0, peer.OutLength);
    }

    private void Keep(CoapPeer peer, int state, int context)
    {
        System.Array.Copy(_work, _outOffset, peer.Out, 0, _outLength);
        peer.OutLength = _outLength;
        peer.State = state;
        peer.Context = context;
        peer.Retransmissions = 0;
    }

    private void SetTimer(CoapPeer peer, long dueMs)
    {
        peer.DueMs = dueMs;
        if (dueMs < _nextDueMs) _nextDueMs = dueMs;
    }

    private void SendEmpty(CoapPeer peer, CoapType type, int messageId)
    {
        _writer.Begin(_work, 0, _work.Length);
        _writer.Empty(type, messageId);
        _outOffset = 0;
        _outLength = _writer.Length;
        Send(peer, _work, 0, _outLength);
    }

    private void Send(CoapPeer peer, byte[] buffer, int offset, int count)
    {
        peer.Counters?.CountSent(count);
        _output.Send(peer, buffer, offset, count);
    }

    /// <summary>
    /// Puts header and options in front of the part of the body that is to go, which lies where the handler wrote it. For an acknowledgement
    /// the token is that of the request, in the request.
    /// </summary>
    /// <returns>False when the message is larger than the peer may get.</returns>
    private bool Compose(CoapPeer peer, CoapType type, int messageId, byte[] token, int tokenOffset, int tokenLength)
    {
        OutgoingMessage outgoing = _draft;
        CoapWriter writer = _writer;
        byte[] work = _work;
        writer.Begin(work, 0, _bodyOffset - 1);
        if (type == CoapType.Acknowledgement) writer.AcknowledgementHeader(outgoing.Code, token, tokenOffset - 4, tokenLength);
        else writer.Header(type, outgoing.Code, messageId, token, tokenOffset, tokenLength);
        outgoing.WriteOptions(writer);
        int length = writer.Length;
        int start = 0;
        int bodyLength = outgoing.SendLength;
        if (bodyLength > 0)
        {
            work[length++] = CoapMessage.PayloadMarker;
            start = outgoing.SendOffset - length;
            System.Array.Copy(work, 0, work, start, length);
        }

        _outOffset = start;
        length += bodyLength;
        _outLength = length;
        return length <= peer.MaxMessageBytes && !writer.Overflowed;
    }
}
