using System;

namespace Lwm2m.Cellular;

// Messages on their way out: a queue of them, the first of which goes part by part.
public sealed partial class SmsTransport
{
    // A link whose message is in hand was closed.
    private const byte DroppedLink = 255;

    // Link, and length in two bytes.
    private const int QueueHeader = 3;

    // 27.005 leaves it open; manuals say 60 s, and some modems try longer.
    private const int SendTimeoutMs = 90_000;

    private readonly SmsSubmit _submit;
    private readonly byte[] _pdu = new byte[SmsPdu.MaxBytes];
    private readonly byte[] _queue;
    private readonly int _maxMessageBytes;
    private readonly int _maxRetries;
    private readonly int _retryMs;
    private int _queued;
    private int _part = 1;
    private int _parts;
    private int _partBytes;
    private int _reference;
    private int _retries;
    private bool _isSending;
    private bool _heldBack;
    private long _sendDueMs = long.MaxValue;

    private bool IsHalfFull => 2 * _queued > _queue.Length;

    private bool Enqueue(int link, byte[] buffer, int offset, int count)
    {
        if (count + QueueHeader > _queue.Length - _queued)
            return false;
        _queue[_queued] = (byte)link;
        _queue[_queued + 1] = (byte)(count >> 8);
        _queue[_queued + 2] = (byte)count;
        Array.Copy(buffer, offset, _queue, _queued + QueueHeader, count);
        _queued += QueueHeader + count;
        return true;
    }

    private int QueuedBytes(int at) => QueueHeader + (_queue[at + 1] << 8 | _queue[at + 2]);

    // Nobody waits for them any more, and a server would take a late Register for a new one.
    private void DropQueued(int link)
    {
        int at = 0;
        if (_isSending)
        {
            at = QueuedBytes(0);
            if (_queue[0] == link)
                _queue[0] = DroppedLink;
        }

        while (at < _queued)
        {
            if (_queue[at] != link)
            {
                at += QueuedBytes(at);
                continue;
            }

            if (at == 0)
                BeginNext();
            RemoveQueued(at);
        }
    }

    private void RemoveQueued(int at)
    {
        int length = QueuedBytes(at);
        _queued -= length;
        Array.Copy(_queue, at + length, _queue, at, _queued - at);
    }

    private void BeginNext()
    {
        _part = 1;
        _retries = 0;
        _sendDueMs = long.MaxValue;
        // The next one gets a number of its own, although some parts of this one may have gone.
        _reference = (_reference + 1) & 0xFFFF;
    }

    private bool WritePart(AtCommand command)
    {
        if (_queued == 0 || _sendDueMs != long.MaxValue)
            return false;
        int length = QueuedBytes(0) - QueueHeader;
        bool isLong = length > _submit.DataBytes(false);
        int room = _submit.DataBytes(isLong);
        _parts = isLong ? (length + room - 1) / room : 1;
        int done = (_part - 1) * room;
        _partBytes = length - done < room ? length - done : room;
        int number = _queue[0] * SmsAddress.MaxBytes;
        int octets = _submit.Write(_pdu, 0, _numbers, number, _reference, _parts, _part, _queue, QueueHeader + done, _partBytes);
        _isSending = true;
        command.Tag = TagSend;
        command.Text("AT+CMGS=");
        command.Number(_submit.TpduLength);
        command.Prompt();
        command.Hex(_pdu, 0, octets);
        command.EndOfText();
        command.Expect("+CMGS:");
        command.TimeoutMs = SendTimeoutMs;
        return true;
    }

    private void OnSent(AtResult result, int error, long nowMs)
    {
        _isSending = false;
        // Without a result in time it has most likely gone; a repeat would cost another message, and the server would get both.
        bool isOver = result == AtResult.Ok || result == AtResult.TimedOut;
        if (isOver)
        {
            SentCount++;
            Traffic?.Sent(Binding, _partBytes);
            _retries = 0;
            if (_part++ < _parts && _queue[0] != DroppedLink)
                return;
            if (_silenceDueMs == long.MaxValue)
                _silenceDueMs = nowMs + SilenceMs;
        }
        else if (_queue[0] != DroppedLink && _retries < _maxRetries && MayPass(result, error))
        {
            _sendDueMs = nowMs + ((long)_retryMs << _retries++);
            return;
        }
        else
        {
            DroppedCount++;
        }

        BeginNext();
        RemoveQueued(0);
    }

    // Causes of the network (24.011 8.2.5.4) and of the modem (27.005 3.2.5) that mean "not now" rather than "not this".
    private static bool MayPass(AtResult result, int error)
    {
        if (result == AtResult.NotSent)
            return false;
        // Congestion, out of order, no resources; the modem's or the SIM's business, no service, no answer; from 500 on unknown or a vendor's own.
        const int SimBusy = 314;
        if (result == AtResult.CmsError)
            return error == 22 || error == 27 || error == 38 || error == 41 || error == 42 || error == 47 || error == 300 || error == 302
                || error == SimBusy || error == 331 || error == 332 || error >= 500 || error < 0;
        const int NoNetwork = 30;
        const int NetworkTimeout = 31;
        const int UnknownError = 100;
        return result != AtResult.CmeError || error == AtError.SimBusy || error == NoNetwork || error == NetworkTimeout || error >= UnknownError || error < 0;
    }
}
