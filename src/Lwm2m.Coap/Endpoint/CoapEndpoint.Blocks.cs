using System;

namespace Lwm2m.Coap;

// Block-wise transfer of what a peer sends and fetches (RFC 7959), and the places for all transfers.
public sealed partial class CoapEndpoint
{
    private const int RetryLaterSeconds = 5;
    private const int FirstByteOfETag = 1 << 24;

    /// <summary>
    /// Takes a block of a request's body. True when the body is whole, and <paramref name="assembled"/> holds it, if it came in more than one block;
    /// otherwise the response is set.
    /// </summary>
    private bool Assemble(
        CoapPeer peer, CoapMessage request, CoapResponse response, int block, out CoapTransfer? assembled, long nowMs)
    {
        assembled = null;
        int num = BlockOption.Num(block);
        bool more = BlockOption.More(block);
        int length = request.PayloadLength;
        _draft.Set(OutgoingMessage.Block1, block);
        if (BlockOption.IsWrongLength(block, length)) return Refuse(response, CoapCode.BadRequest, null);

        int key = UploadKey(request);
        CoapTransfer? transfer = FindTransfer(CoapTransfer.Receiving, peer, key, nowMs);
        if (num == 0)
        {
            // Block 0 starts over (RFC 7959 2.5).
            if (!more)
            {
                if (transfer != null) transfer.Release();
                return true;
            }

            if (request.Size1 > _maxPayloadBytes) return RefuseSize(response, transfer);
            if (transfer == null) transfer = TakeTransfer(CoapTransfer.Receiving, peer, nowMs);
            if (transfer == null)
            {
                response.MaxAgeSeconds = RetryLaterSeconds;
                return Refuse(response, CoapCode.ServiceUnavailable, null);
            }

            transfer.Key = key;
            transfer.ContentFormat = request.ContentFormat;
            transfer.Length = 0;
            // Smaller blocks from the next one on; this one is taken as it is. A connection has Max-Message-Size for that.
            if (BlockOption.Szx(block) > peer.Szx && !peer.IsReliable) _draft.Set(OutgoingMessage.Block1, BlockOption.Encode(0, true, peer.Szx));
        }

        if (transfer == null) return Refuse(response, CoapCode.RequestEntityIncomplete, null);
        transfer.LastUsedMs = nowMs;
        if (request.ContentFormat >= 0 && request.ContentFormat != transfer.ContentFormat)
            return Refuse(response, CoapCode.RequestEntityIncomplete, transfer);

        int offset = BlockOption.Offset(block);
        bool repeated = more && num > 0 && offset + length == transfer.Length;
        if (repeated)
        {
            response.Code = CoapCode.Continue;
            return false;
        }

        if (offset != transfer.Length) return Refuse(response, CoapCode.RequestEntityIncomplete, null);
        if (offset + length > _maxPayloadBytes) return RefuseSize(response, transfer);
        Array.Copy(request.Buffer, request.PayloadOffset, transfer.Body, offset, length);
        transfer.Length = offset + length;
        if (more)
        {
            response.Code = CoapCode.Continue;
            return false;
        }

        if (request.ContentFormat < 0) request.SetContentFormat(transfer.ContentFormat);
        request.SetPayload(transfer.Body, 0, transfer.Length);
        transfer.Kind = CoapTransfer.InUse;
        assembled = transfer;
        return true;
    }

    private static bool Refuse(CoapResponse response, int code, CoapTransfer? transfer)
    {
        response.Code = code;
        if (transfer != null) transfer.Release();
        return false;
    }

    private bool RefuseSize(CoapResponse response, CoapTransfer? transfer)
    {
        _draft.Set(OutgoingMessage.Size1, _maxPayloadBytes);
        return Refuse(response, CoapCode.RequestEntityTooLarge, transfer);
    }

    /// <summary>RFC 7959 2.5 and RFC 9175 3.3: one upload a resource, unless Request-Tag tells them apart; an empty tag is not an absent one.</summary>
    private static int UploadKey(CoapMessage request)
    {
        int key = request.CacheKey(false);
        int tagLength = request.RequestTagLength;
        return tagLength < 0 ? key : ContentHash.Add(key, request.Buffer, request.RequestTagOffset, tagLength);
    }

    /// <summary>
    /// Answers a request for a later block from the snapshot. False when it is gone and the handler is to be asked again, which is in order for
    /// reads only: the ETag tells the peer whether the content is still the same.
    /// </summary>
    private bool ServeBlock(CoapPeer peer, CoapMessage request, CoapResponse response, int block, long nowMs)
    {
        // Only block 0 registers (RFC 7959 3.4).
        request.SetObserve(-1);
        CoapTransfer? snapshot = FindTransfer(CoapTransfer.Serving, peer, request.CacheKey(), nowMs);
        if (snapshot == null)
        {
            bool canAskAgain = request.Code == CoapCode.Get || (request.Code == CoapCode.Fetch && request.PayloadLength > 0);
            if (!canAskAgain) response.Code = CoapCode.RequestEntityIncomplete;
            return !canAskAgain;
        }

        snapshot.LastUsedMs = nowMs;
        int offset = BlockOption.Offset(block);
        if (offset >= snapshot.Length)
        {
            response.Code = CoapCode.BadRequest;
            return true;
        }

        response.Code = snapshot.Code;
        response.ContentFormat = snapshot.ContentFormat;
        _draft.SetETag(snapshot.ETag);
        SetBlock(peer, block, offset, snapshot.Length);
        Array.Copy(snapshot.Body, offset, _work, _bodyOffset, _draft.SendLength);
        _draft.SendOffset = _bodyOffset;
        return true;
    }

    /// <summary>Chooses what goes of the body: all of it, or one block, and then keeps a snapshot for the others.</summary>
    /// <param name="peer">Who gets it.</param>
    /// <param name="block">Block2 of the request, -1 when it has none.</param>
    /// <param name="request">The request, when it is the one in hand: what the snapshot is found by.</param>
    /// <param name="cacheKey">What it is found by otherwise; 0 when nothing is known.</param>
    /// <param name="nowMs">Time of the call.</param>
    private void Slice(CoapPeer peer, int block, CoapMessage? request, int cacheKey, long nowMs)
    {
        OutgoingMessage response = _draft;
        int length = response.BodyLength;
        int offset = 0;
        int szx = peer.Szx;
        if (block >= 0)
        {
            offset = BlockOption.Offset(block);
            if (BlockOption.Szx(block) < szx) szx = BlockOption.Szx(block);
        }

        response.SendOffset = _bodyOffset;
        response.SendLength = length;
        if (length <= 16 << szx && offset == 0) return;
        if (peer.IsReliable && GoesWhole(peer, block, request, length)) return;
        if (!CoapCode.IsSuccess(response.Code))
        {
            // A diagnostic text is for people: its beginning will do.
            if (length > 16 << szx) response.SendLength = 16 << szx;
            return;
        }

        if (offset >= length)
        {
            response.Reset(CoapCode.BadRequest);
            return;
        }

        KeepSnapshot(peer, request != null ? request.CacheKey() : cacheKey, nowMs);
        SetBlock(peer, block, offset, length);
        response.SendOffset = _bodyOffset + offset;
    }

    private void KeepSnapshot(CoapPeer peer, int key, long nowMs)
    {
        OutgoingMessage response = _draft;
        int length = response.BodyLength;
        CoapTransfer? snapshot = null;
        if (key != 0)
        {
            snapshot = FindTransfer(CoapTransfer.Serving, peer, key, nowMs);
            if (snapshot == null) snapshot = TakeTransfer(CoapTransfer.Serving, peer, nowMs);
        }
        else
        {
            // What is sent now may be newer than a snapshot that the peer would be served the rest from.
            ReleaseSnapshots(peer);
        }

        // Never without its first byte, which the shortest form of a number would leave out.
        int eTag = ContentHash.Add(ContentHash.Start, _work, _bodyOffset, length) | FirstByteOfETag;
        response.SetETag(eTag);
        // Without a place the handler is asked for each block, and the ETag tells if the content changed meanwhile.
        if (snapshot == null) return;

        snapshot.Key = key;
        snapshot.LastUsedMs = nowMs;
        snapshot.Code = response.Code;
        snapshot.ContentFormat = response.ContentFormat;
        snapshot.ETag = eTag;
        snapshot.Length = length;
        Array.Copy(_work, _bodyOffset, snapshot.Body, 0, length);
    }

    /// <summary>Block2 of a response: the size asked for, or less, never more; the number in units of that size (RFC 7959 2.3).</summary>
    private void SetBlock(CoapPeer peer, int block, int offset, int total)
    {
        int szx = peer.Szx;
        int rest = total - offset;
        int size = 0;
        bool canBert = (block < 0 || BlockOption.Szx(block) == BlockOption.ReservedSzx) && peer.TakesBert;
        if (canBert) size = BertSize(peer, OutgoingMessage.OwnBytes + _draft.OptionsLength, rest);
        if (size > 0) szx = BlockOption.ReservedSzx;
        else if (block >= 0 && BlockOption.Szx(block) < szx) szx = BlockOption.Szx(block);
        if (size == 0) size = 16 << szx;
        bool more = rest > size;
        _draft.SendLength = more ? size : rest;
        _draft.Set(OutgoingMessage.Block2, BlockOption.At(offset, more, szx));
        if (offset == 0) _draft.Set(OutgoingMessage.Size2, total);
    }

    private void ReleaseSnapshots(CoapPeer peer)
    {
        for (int i = 0; i < _transfers.Length; i++)
        {
            CoapTransfer transfer = _transfers[i];
            if (transfer.Kind == CoapTransfer.Serving && transfer.Peer == peer) transfer.Release();
        }
    }

    private CoapTransfer? FindTransfer(int kind, CoapPeer peer, int key, long nowMs)
    {
        for (int i = 0; i < _transfers.Length; i++)
        {
            CoapTransfer transfer = _transfers[i];
            if (transfer.Kind != kind || transfer.Key != key || transfer.Peer != peer) continue;
            if (nowMs - transfer.LastUsedMs < _transferTimeoutMs) return transfer;
            transfer.Release();
        }

        return null;
    }

    /// <summary>
    /// Finds a place for a transfer. The one that stood still for longest gives way, a peer's before an own one; an own one only when its block is
    /// being retransmitted, since its server may be gone.
    /// </summary>
    private CoapTransfer? TakeTransfer(int kind, CoapPeer peer, long nowMs)
    {
        CoapTransfer? chosen = null;
        CoapTransfer? stalled = null;
        for (int i = 0; i < _transfers.Length; i++)
        {
            CoapTransfer transfer = _transfers[i];
            if (transfer.Kind == CoapTransfer.Free)
            {
                chosen = transfer;
                break;
            }

            if (transfer.Kind <= CoapTransfer.Serving)
            {
                if (chosen == null || transfer.LastUsedMs < chosen.LastUsedMs) chosen = transfer;
            }
            else if (transfer.Kind <= CoapTransfer.Fetching && transfer.Peer!.Retransmissions > 0)
            {
                if (stalled == null || transfer.LastUsedMs < stalled.LastUsedMs) stalled = transfer;
            }
        }

        if (chosen == null && stalled != null)
        {
            CoapPeer loser = stalled.Peer!;
            chosen = stalled;
            // Claimed before its owner hears of it; who must not begin anything now, since a message is half built.
            loser.Transfer = null;
            chosen.Kind = CoapTransfer.InUse;
            bool busy = _busy;
            _busy = true;
            Fail(loser, CoapFailure.TransferDropped, nowMs);
            _busy = busy;
        }

        if (chosen == null) return null;
        chosen.Begin(kind, peer, nowMs);
        return chosen;
    }

    private static void ReleaseTransfer(CoapPeer peer)
    {
        CoapTransfer? transfer = peer.Transfer;
        if (transfer == null) return;
        peer.Transfer = null;
        transfer.Release();
    }
}
