using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Client;

// Which way leads to which server: the bindings of /1/x/7, the preferred transport of /1/x/22, the one asked for by /1/x/8, and what the
// transports can do (Core 6.2.1.2). In a class of its own, since a type has 255 methods on the board.
public sealed partial class Lwm2mClient
{
    // A connection that was lost is tried again within a second, then at growing pauses (RFC 8323 leaves them open).
    private const int FirstReconnectMs = 1000;
    private const int LongestReconnectMs = 60_000;

    /// <summary>
    /// The network is back, or the budget of a link: who waits for its next attempt tries at once, and what was kept for want of a way goes.
    /// </summary>
    /// <param name="nowMs">Monotonic time in milliseconds.</param>
    public void Recovered(long nowMs)
    {
        for (int index = 0; index < _accountCount; index++)
        {
            if (_accounts[index].State == RegistrationState.Waiting)
                _accounts[index].Pending |= ServerAccount.PendingKeepAlive;
            _observations.Ready(index);
        }

        _accountWork = true;
    }

    /// <summary>A response was too long for the transport: the request that it answers has failed.</summary>
    /// <param name="link">Number of the link.</param>
    /// <param name="buffer">Holds its header and token in the form of a datagram.</param>
    /// <param name="offset">Index of the first byte.</param>
    /// <param name="count">Number of bytes.</param>
    /// <param name="nowMs">Monotonic time in milliseconds.</param>
    public void ReceivedTooLarge(int link, byte[] buffer, int offset, int count, long nowMs)
    {
        CoapPeer? peer = link < _accountCount ? _accounts[link].Peer : link == BootstrapLink ? _bootstrap?.Peer : null;
        if (peer != null)
            _coap.ReceiveTooLarge(peer, buffer, offset, count, nowMs);
    }

    private bool IsHeldBack(ServerAccount account)
    {
        ITransport? transport = _linkTransports[account.Index];
        return transport != null && transport.IsHeldBack(account.Index);
    }

    private static class Bearers
    {
        private const int NotAmong = 255;

        /// <summary>
        /// The transport that the server asked for, or prefers (/1/x/22), where there is one that reaches it; else the one whose letter comes
        /// first in the server's bindings (/1/x/7), and where none does, the first that reaches it.
        /// </summary>
        public static ITransport? For(Lwm2mClient client, int link, ServerUri? uri, ServerAccount? account, char wanted)
        {
            if (uri == null)
                return null;
            string? allowed = account == null ? null : client.Servers.Binding(account.ServerInstance);
            ITransport? best = null;
            int rank = int.MaxValue;
            for (int index = 0; index < client._transports.Length; index++)
            {
                ITransport transport = client._transports[index];
                if (!transport.CanOpen(link, uri))
                    continue;
                if (transport.Binding == wanted)
                    return transport;
                int place = allowed == null ? -1 : allowed.IndexOf(transport.Binding);
                if (place < 0)
                    place = NotAmong;
                if (place >= rank)
                    continue;
                rank = place;
                best = transport;
            }

            return best;
        }

        public static char Wanted(Lwm2mClient client, ServerAccount account)
        {
            if (account.AskedTransport != 0)
                return account.AskedTransport;
            return client.Servers.GetString(account.ServerInstance, ServerResource.PreferredTransport, out string preferred) == Outcome.Ok && preferred.Length == 1
                ? preferred[0]
                : (char)0;
        }

        public static bool CanUse(Lwm2mClient client, ServerAccount account, char binding)
        {
            ITransport? transport = For(client, account.Index, ServerUri.TryParse(account.Uri), account, binding);
            return transport != null && transport.Binding == binding;
        }

        /// <summary>What the link's bearer asks of CoAP: its size, its pace, and whether it repeats.</summary>
        public static void Tune(Lwm2mClient client, int link, CoapPeer peer)
        {
            ITransport? transport = client._linkTransports[link];
            if (transport == null)
                return;
            client._coap.SetBearer(peer, transport.IsReliable, transport.TakesBlocks(link), transport.MaxDatagramBytes(link), transport.AckTimeoutMs, transport.MaxRetransmit);
        }

        /// <summary>The letters of /1/x/7 that there are transports for, in their order; that of the link where there are none.</summary>
        public static string Letters(Lwm2mClient client, ServerAccount account)
        {
            string allowed = client.Servers.Binding(account.ServerInstance);
            string letters = "";
            for (int at = 0; at < allowed.Length; at++)
                if (allowed[at] != 'Q' && CanUse(client, account, allowed[at]))
                    letters += allowed[at];
            if (letters.Length > 0)
                return letters;
            ITransport? current = client._linkTransports[account.Index];
            return current == null ? "U" : "" + current.Binding;
        }

        /// <summary>All letters, for /3/0/16.</summary>
        public static string AllLetters(Lwm2mClient client)
        {
            string letters = "";
            for (int index = 0; index < client._transports.Length; index++)
                letters += client._transports[index].Binding;
            return letters.Length == 0 ? "U" : letters;
        }

        /// <summary>The binding that goes with the scheme of a URI.</summary>
        public static string Natural(ServerUri uri) => uri.IsTcp ? "T" : uri.IsSms ? "S" : uri.IsNonIp ? "N" : "U";
    }
}
