using Lwm2m.Coap;

namespace Lwm2m.Client;

/// <summary>The bootstrap server's account and where the client stands with it. Made only where there is such an account.</summary>
internal sealed class BootstrapServer
{
    /// <summary>The session that the commands come by.</summary>
    public readonly CoapPeer Peer;

    /// <summary>EXCHANGE_LIFETIME (RFC 7252 4.8.2): how long a session lives without a command.</summary>
    public readonly int SessionMs;

    /// <summary>Instance of /0, or -1 when the account was purged or deleted.</summary>
    public int SecurityInstance = -1;

    public BootstrapState State;

    /// <summary>When the timer of the state runs out; <see cref="long.MaxValue"/> where it has none.</summary>
    public long DueMs = long.MaxValue;

    /// <summary>When the account is purged (/0/x/12).</summary>
    public long PurgeMs = long.MaxValue;

    /// <summary>Failed attempts in a row; sets the length of the pause.</summary>
    public int Attempts;

    public BootstrapFailure Failure;

    /// <summary>CoAP code of the last refusal; 0 where there is none.</summary>
    public int FailureCode;

    /// <summary>Bits Wish*: what is to be done at the next Poll.</summary>
    public int Wishes;

    /// <summary>The accounts that the last session wrote to, until they are made anew.</summary>
    public int ChangedAccounts;

    /// <summary>A bootstrap is asked for.</summary>
    public const int WishAsked = 1;

    /// <summary>The one under way was asked for, so it is wanted even when every registration is well.</summary>
    public const int WishInsisted = 2;

    /// <summary>The accounts are to be made anew.</summary>
    public const int WishRebuild = 4;

    public BootstrapServer(CoapPeer peer, long sessionMs)
    {
        Peer = peer;
        SessionMs = (int)sessionMs;
    }
}
