using System;

namespace Lwm2m.Coap;

// Block-wise transfer of own requests and of the responses to them (RFC 7959). Each next message is made from the one that was sent last, which
// lies in the peer's buffer: the same options, another block.
public sealed partial class CoapEndpoint
{
    private const int ResendWithEcho = 0;
    private const int ResendNextBlock1 = 1;
    private const int ResendNextBlock2 = 2;
    private const int NoOption = int.MaxValue;

    /// <summary>RFC 7959 2.4, early negotiation: a response whose blocks were larger than this endpoint's might not fit its buffers.</summary>
    private static void AskForBlocks(CoapPeer peer, OutgoingMessage request)
    {
        bool reads = request.Code == CoapCode.Get || request.Code == CoapCode.Fetch;
        int block = (int)request.Get(OutgoingMessage.Block2);
        if (block < 0 && reads)
        {
            // Over a connection only the larger ones need asking for: no response may be over Max-Message-Size anyway.
            if (peer.IsReliable)
            {
                if (peer.TakesBert) block = BlockOption.Encode(0, false, BlockOption.ReservedSzx);
            }
            else if (peer.Szx < BlockOption.MaxSzx)
            {
                block = BlockOption.Encode(0, false, peer.Szx);
            }

            request.Set(OutgoingMessage.Block2, block);
        }

        if (block >= 0) peer.BlockStart = BlockOption.Offset(block);
        peer.BlockOffset = peer.BlockStart;
    }

    private bool BeginUpload(CoapPeer peer, OutgoingMessage request, int szx, long nowMs)
    {
        int length = request.BodyLength;
        CoapTransfer? transfer = TakeTransfer(CoapTransfer.Sending, peer, nowMs);
        if (transfer == null) return false;
        Array.Copy(_work, _bodyOffset, transfer.Body, 0, length);
        transfer.Length = length;
        peer.Transfer = transfer;
        peer.BlockSzx = szx;
        peer.BlockOffset = 0;
        request.Set(OutgoingMessage.Block1, BlockOption.Encode(0, true, szx));
        request.Set(OutgoingMessage.Size1, length);
        request.SendLength = 16 << szx;
        // RFC 9175 3.4: blocks of two uploads can never be mixed up.
        request.AddUint(CoapOption.RequestTag, ++_lastRequestTag & 0xFFFF);
        return true;
    }

    /// <summary>RFC 7959 2.9.3: the peer refused a body that came in one piece, and names a block size that it would take.</summary>
    private bool SplitRequest(CoapPeer peer, long nowMs)
    {
        if (peer.BlockOffset > peer.BlockStart) return false;
        int szx = BlockOption.Szx(_message.Block1);
        if (szx == BlockOption.ReservedSzx && peer.IsReliable) szx = BlockOption.MaxSzx;
        int position = 4 + (peer.Out[0] & 15);
        int number = 0;
        int value;
        while ((value = CoapOptionReader.Next(peer.Out, position, peer.OutLength, ref number, out int valueLength)) >= 0)
        {
            if (number == CoapOption.Block1) return false;
            position = value + valueLength;
        }

        int bodyOffset = position + 1;
        int length = peer.OutLength - bodyOffset;
        if (szx > BlockOption.MaxSzx || length <= 16 << szx) return false;
        CoapTransfer? transfer = TakeTransfer(CoapTransfer.Sending, peer, nowMs);
        if (transfer == null) return false;

        Array.Copy(peer.Out, bodyOffset, transfer.Body, 0, length);
        transfer.Length = length;
        peer.Transfer = transfer;
        SendBlock1(peer, 0, szx, nowMs);
        return true;
    }

    /// <summary>The response to a block of an upload. True when it is dealt with, false when it is the response to the whole.</summary>
    private bool ContinueUpload(CoapPeer peer, CoapTransfer transfer, long nowMs)
    {
        CoapMessage message = _message;
        int code = message.Code;
        int block = message.Block1;
        int szx = block < 0 ? peer.BlockSzx : BlockOption.Szx(block);
        transfer.LastUsedMs = nowMs;

        bool shrinks = code == CoapCode.RequestEntityTooLarge && szx < peer.BlockSzx;
        bool lostIt = code == CoapCode.RequestEntityIncomplete;
        if ((shrinks || lostIt) && ++transfer.Restarts <= _maxRestarts)
        {
            SendBlock1(peer, 0, szx < peer.BlockSzx ? szx : peer.BlockSzx, nowMs);
            return true;
        }

        if (!CoapCode.IsSuccess(code)) return false;
        int sent = peer.BlockSzx == BlockOption.ReservedSzx ? peer.OutLength - EndOfOptions(peer) - 1 : 16 << peer.BlockSzx;
        bool last = peer.BlockOffset + sent >= transfer.Length;
        if (last && code != CoapCode.Continue) return false;

        // A success for a block in the middle: 2.31, or 2.04 of a server that applies each block by itself (RFC 7959 2.3).
        bool sameBlock = block >= 0 && (szx <= BlockOption.MaxSzx || szx == peer.BlockSzx)
            && (BlockOption.Num(block) == BlockOption.Num(BlockOption.At(peer.BlockOffset, false, peer.BlockSzx))
                || BlockOption.Offset(block) == peer.BlockOffset);
        if (last || !sameBlock)
        {
            Fail(peer, CoapFailure.BlockMismatch, nowMs);
            return true;
        }

        SendBlock1(peer, peer.BlockOffset + sent, szx < peer.BlockSzx ? szx : peer.BlockSzx, nowMs);
        return true;
    }

    private void SendBlock1(CoapPeer peer, int offset, int szx, long nowMs)
    {
        peer.BlockOffset = offset;
        peer.BlockSzx = szx;
        int rest = peer.Transfer!.Length - offset;
        int size = szx == BlockOption.ReservedSzx ? BertSize(peer, EndOfOptions(peer) + BlockOptionsBytes, rest) : 16 << szx;
        // The peer takes less than it did: the message will be found too large.
        if (size == 0) size = BlockOption.BertUnit;
        bool more = rest > size;
        Resend(peer, ResendNextBlock1, BlockOption.At(offset, more, szx), more ? size : rest, nowMs);
    }

    /// <summary>A response that may be one block of several. True when it is dealt with, false when it is whole, or the last one, and to be handed over.</summary>
    private bool ContinueDownload(CoapPeer peer, long nowMs)
    {
        CoapMessage message = _message;
        // The upload is over: the server has answered (RFC 7959 3.3).
        if (peer.Transfer != null && peer.Transfer.Kind == CoapTransfer.Sending)
        {
            ReleaseTransfer(peer);
            peer.BlockOffset = peer.BlockStart;
        }

        bool begun = peer.BlockOffset > peer.BlockStart;
        if (message.Code == CoapCode.RequestEntityIncomplete && begun && !peer.Streams) return RestartDownload(peer, CoapFailure.Changed, nowMs);
        int block = message.Block2;
        if (block < 0 || !CoapCode.IsSuccess(message.Code))
        {
            if (!begun || !CoapCode.IsSuccess(message.Code))
            {
                ReleaseTransfer(peer);
                return false;
            }

            return Mismatch(peer, nowMs);
        }

        int offset = BlockOption.Offset(block);
        bool more = BlockOption.More(block);
        int length = message.PayloadLength;
        if (!more && !begun && offset == 0 && peer.BlockStart == 0) return false;

        int tag = message.ETagLength < 0 ? 0 : ContentHash.Add(ContentHash.Start, message.Buffer, message.ETagOffset, message.ETagLength);
        if (begun && tag != peer.ETag)
        {
            if (!peer.Streams) return RestartDownload(peer, CoapFailure.Changed, nowMs);
            Fail(peer, CoapFailure.Changed, nowMs);
            return true;
        }

        bool wrongSize = BlockOption.Szx(block) == BlockOption.ReservedSzx && !peer.IsReliable;
        if (offset != peer.BlockOffset || wrongSize || BlockOption.IsWrongLength(block, length)) return Mismatch(peer, nowMs);

        peer.BlockSzx = BlockOption.Szx(block);
        if (!begun) peer.ETag = tag;
        return peer.Streams ? StreamBlock(peer, length, more, nowMs) : CollectBlock(peer, offset, length, more, nowMs);
    }

    private bool StreamBlock(CoapPeer peer, int length, bool more, long nowMs)
    {
        peer.BlockOffset += length;
        if (!more) return false;
        int messageId = peer.OutMessageId;
        int offset = peer.BlockOffset;
        _handler.OnResponse(peer, peer.Context, _message, nowMs);
        bool goesOn = peer.State > CoapPeer.Idle && peer.OutMessageId == messageId;
        if (goesOn) SendBlock2(peer, offset, nowMs);
        return true;
    }

    private bool CollectBlock(CoapPeer peer, int offset, int length, bool more, long nowMs)
    {
        CoapMessage message = _message;
        int limit = _maxPayloadBytes;
        if (offset + length > limit || message.Size2 > limit || offset > limit)
        {
            Fail(peer, CoapFailure.TooLarge, nowMs);
            return true;
        }

        CoapTransfer? transfer = peer.Transfer;
        if (transfer == null)
        {
            transfer = TakeTransfer(CoapTransfer.Fetching, peer, nowMs);
            peer.Transfer = transfer;
            if (transfer == null)
            {
                Fail(peer, CoapFailure.NoTransfer, nowMs);
                return true;
            }
        }

        if (offset == peer.BlockStart)
        {
            transfer.Observe = message.Observe;
            transfer.ContentFormat = message.ContentFormat;
        }

        transfer.LastUsedMs = nowMs;
        Array.Copy(message.Buffer, message.PayloadOffset, transfer.Body, offset, length);
        peer.BlockOffset = offset + length;
        if (more)
        {
            SendBlock2(peer, peer.BlockOffset, nowMs);
            return true;
        }

        message.SetPayload(transfer.Body, peer.BlockStart, peer.BlockOffset - peer.BlockStart);
        message.SetObserve(transfer.Observe);
        if (message.ContentFormat < 0) message.SetContentFormat(transfer.ContentFormat);
        return false;
    }

    private bool RestartDownload(CoapPeer peer, CoapFailure otherwise, long nowMs)
    {
        if (++peer.Transfer!.Restarts > _maxRestarts)
        {
            Fail(peer, otherwise, nowMs);
            return true;
        }

        SendBlock2(peer, peer.BlockStart, nowMs);
        return true;
    }

    private bool Mismatch(CoapPeer peer, long nowMs)
    {
        Fail(peer, CoapFailure.BlockMismatch, nowMs);
        return true;
    }

    private void SendBlock2(CoapPeer peer, int offset, long nowMs)
    {
        peer.BlockOffset = offset;
        Resend(peer, ResendNextBlock2, BlockOption.At(offset, false, peer.BlockSzx), 0, nowMs);
    }

    /// <summary>
    /// Sends the next message of an exchange: the options of the last one, with Echo, Block1 or Block2 replaced and what does not belong there any
    /// more left out.
    /// </summary>
    private void Resend(CoapPeer peer, int mode, int block, int size, long nowMs)
    {
        byte[] last = peer.Out;
        int tokenLength = last[0] & 15;
        int code = last[1];
        int messageId = peer.NextMessageId();
        CoapType type = (CoapType)((last[0] >> 4) & 3);
        bool keepsBody = mode == ResendWithEcho;

        CoapWriter writer = _writer;
        writer.Begin(_work, 0, _work.Length);
        if (mode == ResendNextBlock2)
        {
            // The first token may have become that of an observation, which the blocks are no part of (RFC 7959 3.4).
            byte[] token = _request.Token;
            _random.Fill(token, 0, CoapRequest.NewTokenLength);
            writer.Header(type, code, messageId, token, 0, CoapRequest.NewTokenLength);
            keepsBody = code == CoapCode.Fetch;
        }
        else
        {
            writer.Header(type, code, messageId, last, 4, tokenLength);
        }

        int pending = mode == ResendWithEcho ? CoapOption.Echo : mode == ResendNextBlock1 ? CoapOption.Block1 : CoapOption.Block2;
        int position = 4 + tokenLength;
        int number = 0;
        int value;
        while ((value = CoapOptionReader.Next(last, position, peer.OutLength, ref number, out int length)) >= 0)
        {
            position = value + length;
            if (number == CoapOption.Block1) keepsBody &= mode == ResendWithEcho;
            while (pending <= number) pending = WriteReplaced(peer, pending, block);
            if (!IsReplaced(number, mode, code)) writer.Option(number, last, value, length);
        }

        while (pending != NoOption) pending = WriteReplaced(peer, pending, block);
        if (mode == ResendNextBlock1)
        {
            writer.Payload(peer.Transfer!.Body, peer.BlockOffset, size);
        }
        else if (keepsBody && position < peer.OutLength)
        {
            writer.Payload(last, position + 1, peer.OutLength - position - 1);
        }

        _outOffset = 0;
        _outLength = writer.Length;
        if (writer.Overflowed || _outLength > peer.MaxMessageBytes)
        {
            Fail(peer, CoapFailure.TooLarge, nowMs);
            return;
        }

        SendRequestMessage(peer, peer.Context, nowMs);
    }

    /// <summary>Writes an option that <see cref="Resend"/> replaces; returns the one to come after it.</summary>
    private int WriteReplaced(CoapPeer peer, int number, int block)
    {
        switch (number)
        {
            case CoapOption.Echo:
                _writer.Option(number, _message.Buffer, _message.EchoOffset, _message.EchoLength);
                return NoOption;
            case CoapOption.Block1:
                _writer.UintOption(number, block);
                return BlockOption.Num(block) == 0 ? CoapOption.Size1 : NoOption;
            case CoapOption.Size1:
                _writer.UintOption(number, peer.Transfer!.Length);
                return NoOption;
            default:
                _writer.UintOption(number, block);
                return NoOption;
        }
    }

    private static bool IsReplaced(int number, int mode, int code)
    {
        if (mode == ResendWithEcho) return number == CoapOption.Echo;
        if (number == CoapOption.Block1 || number == CoapOption.Size1) return true;
        if (mode == ResendNextBlock1) return false;
        return number == CoapOption.Block2 || number == CoapOption.Observe || number == CoapOption.RequestTag || number == CoapOption.Size2
            || (number == CoapOption.ContentFormat && code != CoapCode.Fetch);
    }
}
