using Lwm2m.Transport;

namespace Lwm2m.Cellular;

/// <summary>A link of a <see cref="ModemTransport"/>: what the modem knows as a socket or as a context.</summary>
internal class ModemLink
{
    /// <summary>Not in use.</summary>
    public const int Closed = 0;

    /// <summary>To be opened when there is a network.</summary>
    public const int Wanted = 1;

    /// <summary>Commands open it.</summary>
    public const int Opening = 2;

    /// <summary>The modem's report that it is open is waited for.</summary>
    public const int Awaiting = 3;

    /// <summary>It is open, and asked about.</summary>
    public const int Asking = 4;

    /// <summary>It carries messages.</summary>
    public const int Up = 5;

    /// <summary>Commands close it.</summary>
    public const int Closing = 6;

    /// <summary>Its context is lost, and commands bring it back.</summary>
    public const int Recovering = 7;

    /// <summary>Nobody wants it any more, but the last messages still go out: the answer to a request that moves the client, for one.</summary>
    public const int Draining = 8;

    /// <summary>There is something to read, and nobody knows how much.</summary>
    public const int UnknownBytes = int.MaxValue;

    /// <summary>The engine was told that it is up, and not yet that it is down.</summary>
    public const int IsTold = 1;

    /// <summary>To be opened again once it is closed.</summary>
    public const int Reopens = 2;

    /// <summary>The engine is still to be told that it is up.</summary>
    public const int TellUp = 4;

    /// <summary>The engine is still to be told that it is down.</summary>
    public const int TellDown = 8;

    /// <summary>Its context was brought back since something last went through.</summary>
    public const int WasRecovered = 16;

    /// <summary>The engine was told to hold back, and is still to be told that this is over.</summary>
    public const int WasHeldBack = 32;

    /// <summary>A request of the server has no answer yet.</summary>
    public const int OwesAnswer = 64;

    /// <summary>The modem has a socket for it.</summary>
    public const int HasSocket = 128;

    public ModemLink(int index) => Index = index;

    /// <summary>Number of the link.</summary>
    public int Index { get; }

    public int State { get; set; }

    public int Flags { get; set; }

    /// <summary>The modem's number of the socket.</summary>
    public int Id { get; set; }

    /// <summary>The context.</summary>
    public int Cid { get; set; }

    public string Host { get; set; } = "";

    public int Port { get; set; }

    public int LocalPort { get; set; }

    /// <summary>Place of the next command of the script that its state stands for.</summary>
    public int Place { get; set; }

    /// <summary>Bytes that can be read; <see cref="UnknownBytes"/>; 0 for none.</summary>
    public int Unread { get; set; }

    /// <summary>The longest message.</summary>
    public int Mtu { get; set; }

    /// <summary>While awaiting: when to give up. While up: when to look for data whose report may have been lost.</summary>
    public long DueMs { get; set; } = long.MaxValue;

    public LinkFailure Reason { get; set; }

    public bool Has(int flag) => (Flags & flag) != 0;
}
