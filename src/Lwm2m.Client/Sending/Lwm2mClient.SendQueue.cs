using System;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// The messages of Send on their way, oldest first: each stays until its server has confirmed it. One at a time goes to each server, after
// its Update and notifications (NSTART, RFC 7252 4.7).
public sealed partial class Lwm2mClient
{
    private const int ContextSend = 8;

    // Head: length of the whole, Short Server ID, id.
    private const int SendServer = 2;
    private const int SendId = 4;
    private const int SendHead = 8;

    private readonly byte[] _sends;
    private int _sendEnd;

    /// <summary>Bytes of Send that wait for their servers.</summary>
    internal int SendBytesQueued => _sendEnd;

    private static bool MaySend(ServerAccount account, Lwm2mObject found, int instanceId) => true;

    private void KeepSend(int shortServerId, int id, int length)
    {
        int at = _sendEnd;
        PutNumber(at, SendHead + length, 2);
        PutNumber(at + SendServer, shortServerId, 2);
        PutNumber(at + SendId, id, 4);
        _sendEnd = at + SendHead + length;
    }

    // Answers when to be called again, at the latest at the given time.
    private long PollSends(long dueMs, long nowMs)
    {
        for (int index = 0; index < _accountCount; index++)
        {
            ServerAccount account = _accounts[index];
            long due = account.SendDueMs;
            if (due == long.MaxValue || FirstSend(account) < 0 || IsMuted(account))
                continue;
            if (due > nowMs)
            {
                if (due < dueMs && (account.IsAwake || account.State == RegistrationState.Asleep))
                    dueMs = due;
                continue;
            }

            // The end of the exchange that is out, or of the Update that wakes, brings us here again.
            if (account.IsAwake && _coap.CanSend(account.Peer!))
            {
                SendFirst(account, nowMs);
                // What was sent has a timer of its own in the CoAP layer; what failed at once leaves room for the next one.
                long next = account.SendDueMs == long.MaxValue ? _coap.Poll(nowMs) : nowMs;
                if (next < dueMs)
                    dueMs = next;
            }
            else if (WakeFor(account))
            {
                dueMs = nowMs;
            }
        }

        return dueMs;
    }

    // The accounts were made anew: what waits for a server that is gone goes.
    private void DropStraySends()
    {
        for (int at = 0; at < _sendEnd;)
        {
            if (AccountNumbered(GetNumber(at + SendServer, 2)) != null)
                at += GetNumber(at, 2);
            else
                RemoveSend(at);
        }
    }

    private ServerAccount? AccountNumbered(int shortServerId)
    {
        for (int index = 0; index < _accountCount; index++)
            if (_accounts[index].ShortServerId == shortServerId)
                return _accounts[index];
        return null;
    }

    private void SendFirst(ServerAccount account, long nowMs)
    {
        int at = FirstSend(account);
        int length = GetNumber(at, 2) - SendHead;
        CoapRequest request = _coap.BeginRequest(account.Peer!)!;
        request.Code = CoapCode.Post;
        request.AddPath("dp");
        request.ContentFormat = ContentFormat.SenmlCbor;
        bool fits = length <= request.PayloadCapacity;
        if (fits)
        {
            Array.Copy(_sends, at + SendHead, request.Payload, request.PayloadOffset, length);
            request.PayloadLength = length;
        }

        if (fits && _coap.SendRequest(request, ContextSend, nowMs))
            account.SendDueMs = long.MaxValue;
        else
            SendFailed(account, 0);
    }

    private void SendAnswered(ServerAccount account, CoapMessage answer, long nowMs)
    {
        int code = answer.Code;
        if (code >= 0xA0)
        {
            SendLater(account, nowMs);
        }
        else if (code >= 0x80)
        {
            SendFailed(account, code);
        }
        else
        {
            int id = ForgetFirstSend(account);
            if (id != 0)
                _heard?.OnSent(account, id);
        }

        _observations.Ready(account.Index);
    }

    private void SendUnanswered(ServerAccount account, CoapFailure reason, long nowMs)
    {
        if (reason == CoapFailure.Reset)
            SendFailed(account, 0);
        else if (reason == CoapFailure.LinkLost || reason == CoapFailure.Cancelled)
            account.SendDueMs = 0;
        else
            SendLater(account, nowMs);
        _observations.Ready(account.Index);
    }

    private void SendLater(ServerAccount account, long nowMs)
    {
        account.SendFailures++;
        account.SendDueMs = nowMs + NotificationPauseMs(account.SendFailures);
    }

    private void SendFailed(ServerAccount account, int code)
    {
        int id = ForgetFirstSend(account);
        if (id != 0)
            _heard?.OnSendFailed(account, id, code);
    }

    // Answers its id; 0 where it is gone already.
    private int ForgetFirstSend(ServerAccount account)
    {
        account.SendDueMs = 0;
        account.SendFailures = 0;
        int at = FirstSend(account);
        if (at < 0)
            return 0;
        int id = GetNumber(at + SendId, 4);
        RemoveSend(at);
        return id;
    }

    private void RemoveSend(int at)
    {
        int length = GetNumber(at, 2);
        Array.Copy(_sends, at + length, _sends, at, _sendEnd - at - length);
        _sendEnd -= length;
    }

    private int FirstSend(ServerAccount account)
    {
        for (int at = 0; at < _sendEnd; at += GetNumber(at, 2))
            if (GetNumber(at + SendServer, 2) == account.ShortServerId)
                return at;
        return -1;
    }

    private int GetNumber(int at, int size)
    {
        int value = 0;
        for (int end = at + size; at < end; at++)
            value = value << 8 | _sends[at];
        return value;
    }

    private void PutNumber(int at, int value, int size)
    {
        for (int last = at + size - 1; last >= at; last--)
        {
            _sends[last] = (byte)value;
            value >>= 8;
        }
    }
}
