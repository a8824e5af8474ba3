namespace Lwm2m.Cellular;

/// <summary>The keys of a section (<c>udp</c>, <c>tcp</c>, <c>nidd</c>) of a <see cref="ModemProfile"/>, as numbers. Commands come first.</summary>
internal static class ModemKey
{
    /// <summary>Commands before the modem looks for the network, once for each link.</summary>
    public const int Define = 0;

    /// <summary>Commands once after each start of the modem, when the network is there.</summary>
    public const int Prepare = 1;

    /// <summary>Commands that open a link.</summary>
    public const int Open = 2;

    /// <summary>Questions about an open link; what fails is passed over.</summary>
    public const int Ask = 3;

    /// <summary>The command that sends.</summary>
    public const int Send = 4;

    /// <summary>The command that reads what <see cref="Notify"/> told of.</summary>
    public const int Read = 5;

    /// <summary>The command that asks how much there is to read.</summary>
    public const int Peek = 6;

    /// <summary>Commands that close a link.</summary>
    public const int Close = 7;

    /// <summary>Commands that bring a context back that was lost.</summary>
    public const int Recover = 8;

    /// <summary>Commands are below.</summary>
    public const int Commands = 9;

    /// <summary>An answer to <see cref="Open"/> with the number that the modem gave.</summary>
    public const int OpenAnswer = 9;

    /// <summary>A report that ends the opening, after the commands.</summary>
    public const int Opened = 10;

    /// <summary>A report that carries data.</summary>
    public const int Push = 11;

    /// <summary>Another report that carries data.</summary>
    public const int PushOther = 12;

    /// <summary>A report that there is data to read.</summary>
    public const int Notify = 13;

    /// <summary>The answer to <see cref="Read"/>.</summary>
    public const int ReadAnswer = 14;

    /// <summary>The answer to <see cref="Peek"/>.</summary>
    public const int PeekAnswer = 15;

    /// <summary>A report that a link is closed.</summary>
    public const int Closed = 16;

    /// <summary>The answer with the ranges of <see cref="Send"/>: <c>(contexts),(bytes),(release),(kinds)</c>.</summary>
    public const int Ranges = 17;

    /// <summary>An answer with what the context allows.</summary>
    public const int Context = 18;

    /// <summary>An answer with the operator's quota.</summary>
    public const int Quota = 19;

    /// <summary>Commands and lines are below; what follows are texts and numbers.</summary>
    public const int Compiled = 20;

    /// <summary>The line of success of <see cref="Send"/>, where that is not <c>OK</c>.</summary>
    public const int Sent = 20;

    /// <summary>The line of failure of <see cref="Send"/>.</summary>
    public const int Unsent = 21;

    /// <summary>Texts are below; what follows are numbers.</summary>
    public const int Numbers = 22;

    /// <summary>The longest message, in bytes.</summary>
    public const int Mtu = 22;

    /// <summary>Number of the first socket, where the device chooses it, or of the first context.</summary>
    public const int First = 23;

    /// <summary>How many links there can be.</summary>
    public const int Links = 24;

    /// <summary>How long <see cref="Opened"/> may take.</summary>
    public const int OpenSeconds = 25;

    // One text, which is gone after use: an array of them would stay on the board's heap.
    private const string Names =
        "define|prepare|open|ask|send|read|peek|close|recover|open.answer|opened|push|push.other|notify|read.answer|peek.answer|" +
        "closed|ranges|context|quota|sent|unsent|mtu|first|links|open.seconds|";

    /// <summary>The number of a key, or -1.</summary>
    public static int Find(string name)
    {
        string[] names = Names.Split('|');
        for (int index = 0; index < names.Length - 1; index++)
            if (names[index] == name)
                return index;
        return -1;
    }

    /// <summary>A key by its number.</summary>
    public static string Name(int key) => Names.Split('|')[key];
}
