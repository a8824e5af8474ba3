using System;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// The messages of Send on their way, oldest first: each stays until its server has confirmed it. One at a time goes to each server, after
// its Update and notifications (NSTART, RFC 7252 4.7). In a class of its own, since a type has 255 methods on the board.
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

    private static partial class Sending
    {
        private static bool MaySend(Lwm2mClient client, ServerAccount account, Lwm2mObject found, int instanceId) =>
            client.MayAccess(account, found.Definition.ObjectId, instanceId, AccessRights.Read);

        private static void KeepSend(Lwm2mClient client, int shortServerId, int id, int length)
        {
            int at = client._sendEnd;
            PutNumber(client, at, SendHead + length, 2);
            PutNumber(client, at + SendServer, shortServerId, 2);
            PutNumber(client, at + SendId, id, 4);
            client._sendEnd = at + SendHead + length;
        }

        // Answers when to be called again, at the latest at the given time.
        public static long Poll(Lwm2mClient client, long dueMs, long nowMs)
        {
            for (int index = 0; index < client._accountCount; index++)
            {
                ServerAccount account = client._accounts[index];
                long due = account.SendDueMs;
                if (due == long.MaxValue || FirstSend(client, account) < 0 || IsMuted(client, account) || client.IsHeldBack(account))
                    continue;
                if (due > nowMs)
                {
                    if (due < dueMs && (account.IsAwake || account.State == RegistrationState.Asleep))
                        dueMs = due;
                    continue;
                }

                // The end of the exchange that is out, or of the Update that wakes, brings us here again.
                if (account.IsAwake && client._coap.CanSend(account.Peer!))
                {
                    SendFirst(client, account, nowMs);
                    // What was sent has a timer of its own in the CoAP layer; what failed at once leaves room for the next one.
                    long next = account.SendDueMs == long.MaxValue ? client._coap.Poll(nowMs) : nowMs;
                    if (next < dueMs)
                        dueMs = next;
                }
                else if (client.WakeFor(account))
                {
                    dueMs = nowMs;
                }
            }

            return dueMs;
        }

        // The accounts were made anew: what waits for a server that is gone goes.
        public static void DropStray(Lwm2mClient client)
        {
            for (int at = 0; at < client._sendEnd;)
            {
                if (AccountNumbered(client, GetNumber(client, at + SendServer, 2)) != null)
                    at += GetNumber(client, at, 2);
                else
                    RemoveSend(client, at);
            }
        }

        private static ServerAccount? AccountNumbered(Lwm2mClient client, int shortServerId)
        {
            for (int index = 0; index < client._accountCount; index++)
                if (client._accounts[index].ShortServerId == shortServerId)
                    return client._accounts[index];
            return null;
        }

        private static void SendFirst(Lwm2mClient client, ServerAccount account, long nowMs)
        {
            int at = FirstSend(client, account);
            int length = GetNumber(client, at, 2) - SendHead;
            CoapRequest request = client._coap.BeginRequest(account.Peer!)!;
            request.Code = CoapCode.Post;
            request.AddPath("dp");
            request.ContentFormat = ContentFormat.SenmlCbor;
            bool fits = length <= request.PayloadCapacity;
            if (fits)
            {
                Array.Copy(client._sends, at + SendHead, request.Payload, request.PayloadOffset, length);
                request.PayloadLength = length;
            }

            if (fits && client._coap.SendRequest(request, ContextSend, nowMs))
                account.SendDueMs = long.MaxValue;
            else
                SendFailed(client, account, 0);
        }

        public static void Answered(Lwm2mClient client, ServerAccount account, CoapMessage answer, long nowMs)
        {
            int code = answer.Code;
            if (code >= 0xA0)
            {
                SendLater(client, account, nowMs);
            }
            else if (code >= 0x80)
            {
                SendFailed(client, account, code);
            }
            else
            {
                int id = ForgetFirstSend(client, account);
                if (id != 0)
                    client._heard?.OnSent(account, id);
            }

            client._observations.Ready(account.Index);
        }

        public static void Unanswered(Lwm2mClient client, ServerAccount account, CoapFailure reason, long nowMs)
        {
            if (reason == CoapFailure.Reset)
                SendFailed(client, account, 0);
            else if (reason == CoapFailure.LinkLost || reason == CoapFailure.Cancelled)
                account.SendDueMs = 0;
            else
                SendLater(client, account, nowMs);
            client._observations.Ready(account.Index);
        }

        private static void SendLater(Lwm2mClient client, ServerAccount account, long nowMs)
        {
            account.SendFailures++;
            account.SendDueMs = nowMs + client.NotificationPauseMs(account.SendFailures);
        }

        private static void SendFailed(Lwm2mClient client, ServerAccount account, int code)
        {
            int id = ForgetFirstSend(client, account);
            if (id != 0)
                client._heard?.OnSendFailed(account, id, code);
        }

        // Answers its id; 0 where it is gone already.
        private static int ForgetFirstSend(Lwm2mClient client, ServerAccount account)
        {
            account.SendDueMs = 0;
            account.SendFailures = 0;
            int at = FirstSend(client, account);
            if (at < 0)
                return 0;
            int id = GetNumber(client, at + SendId, 4);
            RemoveSend(client, at);
            return id;
        }

        private static void RemoveSend(Lwm2mClient client, int at)
        {
            int length = GetNumber(client, at, 2);
            Array.Copy(client._sends, at + length, client._sends, at, client._sendEnd - at - length);
            client._sendEnd -= length;
        }

        private static int FirstSend(Lwm2mClient client, ServerAccount account)
        {
            for (int at = 0; at < client._sendEnd; at += GetNumber(client, at, 2))
                if (GetNumber(client, at + SendServer, 2) == account.ShortServerId)
                    return at;
            return -1;
        }

        private static int GetNumber(Lwm2mClient client, int at, int size)
        {
            int value = 0;
            for (int end = at + size; at < end; at++)
                value = value << 8 | client._sends[at];
            return value;
        }

        private static void PutNumber(Lwm2mClient client, int at, int value, int size)
        {
            for (int last = at + size - 1; last >= at; last--)
            {
                client._sends[last] = (byte)value;
                value >>= 8;
            }
        }
    }
}
