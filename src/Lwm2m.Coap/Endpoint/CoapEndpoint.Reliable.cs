using System;

namespace Lwm2m.Coap;

// Peers behind a connection (RFC 8323): no message layer, bodies that go whole where they fit, and larger blocks (BERT) where they do not.
public sealed partial class CoapEndpoint
{
    /// <summary>What Block1 and Size1 add to a message at most.</summary>
    private const int BlockOptionsBytes = 16;

    private const int SmallestBlock = 16;

    /// <summary>
    /// A message came whose body was passed over, since it is larger than this endpoint takes. The exchange that it answers fails with
    /// <see cref="CoapFailure.TooLarge"/>; were it a request, it would be answered 4.13.
    /// </summary>
    /// <param name="peer">Who sent it.</param>
    /// <param name="buffer">Holds its header and token, in the form of a datagram.</param>
    /// <param name="offset">Where they begin.</param>
    /// <param name="count">Their length in bytes.</param>
    /// <param name="nowMs">Time of the call.</param>
    public void ReceiveTooLarge(CoapPeer peer, byte[] buffer, int offset, int count, long nowMs)
    {
        if (peer.State == CoapPeer.Removed) return;
        CoapParseStatus status = _message.Parse(buffer, offset, count);
        if (status == CoapParseStatus.Ok || status == CoapParseStatus.Malformed) ReceiveOversized(peer, status, nowMs);
    }

    private void ReceiveReliableRequest(CoapPeer peer, long nowMs)
    {
        CoapMessage request = _message;
        CoapResponse response = _response;
        response.Reset(peer);
        if (!Answer(peer, request, response, nowMs) || response.Deferred || response.Ignored) return;
        ComposeAnswer(peer, CoapType.NonConfirmable, peer.NextMessageId(), request.Buffer, request.TokenOffset, request.TokenLength);
        Send(peer, _work, _outOffset, _outLength);
    }

    private void ReceiveReliableResponse(CoapPeer peer, long nowMs)
    {
        CoapMessage message = _message;
        bool acceptable = message.BadOption == 0;
        if (!IsAwaited(peer))
        {
            if (acceptable) _handler.OnUnmatchedResponse(peer, message, nowMs);
            return;
        }

        if (acceptable) Proceed(peer, nowMs);
        else Fail(peer, CoapFailure.BadResponse, nowMs);
    }

    /// <summary>Whether a response to a reliable peer goes in one message: it fits, and no smaller block was asked for.</summary>
    private bool GoesWhole(CoapPeer peer, int block, CoapMessage? request, int length)
    {
        if (block >= 0 && (BlockOption.Num(block) > 0 || BlockOption.Szx(block) != BlockOption.ReservedSzx)) return false;
        OutgoingMessage response = _draft;
        int head = OutgoingMessage.OwnBytes + response.OptionsLength;
        if (response.OptionsLength == 0)
        {
            // Written for its length only: exact, where options were added there is no room for a second try.
            _writer.Begin(_work, 0, _bodyOffset - 1);
            response.WriteOptions(_writer);
            head = 5 + (request == null ? CoapMessage.MaxTokenLength : request.TokenLength) + _writer.Length;
        }

        // Who takes no blocks gets all of it, or is told that it was too much.
        bool fits = head + length <= peer.MaxMessageBytes;
        return fits || (block < 0 && !peer.TakesBlocks && CoapCode.IsSuccess(response.Code));
    }

    /// <summary>The request that was composed is larger than a message: its body goes to a transfer, the rest of it to where blocks are made from.</summary>
    private bool BeginReliableUpload(CoapPeer peer, int length, int context, long nowMs)
    {
        int head = _outLength - length - 1;
        int room = peer.MaxMessageBytes - head - BlockOptionsBytes - 1;
        if (length == 0 || _writer.Overflowed || !peer.TakesBlocks || room < SmallestBlock) return false;
        CoapTransfer? transfer = TakeTransfer(CoapTransfer.Sending, peer, nowMs);
        if (transfer == null) return false;

        Array.Copy(_work, _bodyOffset, transfer.Body, 0, length);
        transfer.Length = length;
        Array.Copy(_work, _outOffset, peer.Out, 0, head);
        peer.OutLength = head;
        peer.Context = context;
        peer.Transfer = transfer;
        bool bert = peer.TakesBert && room >= BlockOption.BertUnit + BlockOptionsBytes;
        SendBlock1(peer, 0, bert ? BlockOption.ReservedSzx : BlockOption.SzxFor(room < _blockSize ? room : _blockSize), nowMs);
        return true;
    }

    /// <summary>
    /// How much of a body goes into one message of BERT (RFC 8323 6): all that is left, or a multiple of 1024. 0 when not even that much fits
    /// behind <paramref name="head"/> bytes of header and options.
    /// </summary>
    private static int BertSize(CoapPeer peer, int head, int rest)
    {
        int room = peer.MaxMessageBytes - head - 1;
        if (rest <= room) return rest;
        return room < BlockOption.BertUnit ? 0 : room & ~(BlockOption.BertUnit - 1);
    }

    /// <summary>Where the options end in the message that was sent last.</summary>
    private static int EndOfOptions(CoapPeer peer)
    {
        byte[] last = peer.Out;
        int position = 4 + (last[0] & 15);
        int number = 0;
        int value;
        while ((value = CoapOptionReader.Next(last, position, peer.OutLength, ref number, out int length)) >= 0) position = value + length;
        return position;
    }
}
