using System;

namespace Lwm2m.Cellular;

// What waits to be sent: records of link and length in front of the bytes, answers before requests and notifications, otherwise in their order.
// The first one may be in hand: it does not move, since the engine writes from it.
public abstract partial class ModemTransport
{
    private const int MostLinks = 16;
    private const int MostMessageBytes = 0x3FFF;

    /// <summary>Link, kind, length in two bytes.</summary>
    private const int RecordHead = 4;

    private const int Ordinary = 0;
    private const int Answer = 1;

    /// <summary>An answer is not worth sending later than this, in milliseconds: a little more than MAX_TRANSMIT_SPAN (RFC 7252 4.8.2).</summary>
    private const long StaleMs = 60_000;

    private readonly byte[] _queue;
    private int _queueEnd;
    private int _sendFailures;
    private long _sendDueMs = long.MaxValue;
    private bool _isHeadDropped;

    private protected bool Enqueue(ModemLink link, byte[] buffer, int offset, int count)
    {
        if (count > MostMessageBytes)
            return false;
        bool isAnswer = false;
        if (!IsReliable && count >= 4)
        {
            if (IsQueued(link, buffer, offset, count))
                return true;
            // ACK and RST, and responses, which are 2.00 and more: notifications among them are told by their option, and wait their turn.
            int type = (buffer[offset] >> 4) & 3;
            isAnswer = type >= 2 || buffer[offset + 1] >= 0x40 && !IsNotification(buffer, offset, count);
        }

        if (_queue.Length - _queueEnd < RecordHead + count)
            return false;
        int at = isAnswer ? PlaceOfAnswer() : _queueEnd;
        Array.Copy(_queue, at, _queue, at + RecordHead + count, _queueEnd - at);
        _queue[at] = (byte)link.Index;
        _queue[at + 1] = (byte)(isAnswer ? Answer : Ordinary);
        _queue[at + 2] = (byte)(count >> 8);
        _queue[at + 3] = (byte)count;
        Array.Copy(buffer, offset, _queue, at + RecordHead, count);
        _queueEnd += RecordHead + count;
        Counted(link, count, isAnswer);
        Wake();
        return true;
    }

    /// <summary>Bytes that the queue has room for, in one message.</summary>
    private protected int QueueRoom => _queue.Length - _queueEnd - RecordHead;

    private protected static int RecordHeads(int records) => records * RecordHead;

    /// <summary>A message was queued.</summary>
    private protected virtual void Counted(ModemLink link, int count, bool isAnswer)
    {
    }

    private int HeadLength => (_queue[2] << 8) | _queue[3];

    /// <summary>True when nothing else of this link waits behind the first message.</summary>
    private protected bool IsLastOf(ModemLink link)
    {
        for (int at = RecordHead + HeadLength; at < _queueEnd; at += RecordLength(at))
            if (_queue[at] == link.Index)
                return false;
        return true;
    }

    /// <summary>True when a message of this link waits, or is in hand.</summary>
    private bool IsWaiting(ModemLink link)
    {
        for (int at = 0; at < _queueEnd; at += RecordLength(at))
            if (_queue[at] == link.Index)
                return true;
        return false;
    }

    private int RecordLength(int at) => RecordHead + ((_queue[at + 2] << 8) | _queue[at + 3]);

    private bool IsSending => _key == ModemKey.Send;

    private int PlaceOfAnswer()
    {
        int at = IsSending ? RecordLength(0) : 0;
        while (at < _queueEnd && _queue[at + 1] == Answer)
            at += RecordLength(at);
        return at;
    }

    /// <summary>The same message waits already: CoAP repeats what it has no answer to, and without a network that would fill the queue.</summary>
    private bool IsQueued(ModemLink link, byte[] buffer, int offset, int count)
    {
        for (int at = IsSending ? RecordLength(0) : 0; at < _queueEnd; at += RecordLength(at))
        {
            if (_queue[at] != link.Index || RecordLength(at) != RecordHead + count)
                continue;
            int index = 0;
            while (index < count && _queue[at + RecordHead + index] == buffer[offset + index])
                index++;
            if (index == count)
                return true;
        }

        return false;
    }

    /// <summary>A response with an Observe option, which is among the first options: If-Match, Uri-Host, ETag and If-None-Match alone have lower numbers (RFC 7641 2).</summary>
    private static bool IsNotification(byte[] buffer, int offset, int count)
    {
        int at = offset + 4 + (buffer[offset] & 15);
        int end = offset + count;
        int number = 0;
        while (at < end && buffer[at] != 0xFF)
        {
            int delta = buffer[at] >> 4;
            int length = buffer[at] & 15;
            // Numbers from 13 on, and long values, come after it.
            if (delta > 12 || length > 12)
                return false;
            number += delta;
            if (number >= 6)
                return number == 6;
            at += 1 + length;
        }

        return false;
    }

    /// <summary>Removes all messages of a link. One that is in hand goes when its command is over.</summary>
    private void Drop(ModemLink link)
    {
        int at = 0;
        if (IsSending && _queueEnd > 0)
        {
            if (_queue[0] == link.Index)
                _isHeadDropped = true;
            at = RecordLength(0);
        }

        while (at < _queueEnd)
        {
            if (_queue[at] == link.Index)
                Remove(at);
            else
                at += RecordLength(at);
        }
    }

    private void Remove(int at)
    {
        int next = at + RecordLength(at);
        Array.Copy(_queue, next, _queue, at, _queueEnd - next);
        _queueEnd -= next - at;
    }
}
