namespace Lwm2m.Cellular;

/// <summary>What stands in braces in the lines of a <see cref="ModemProfile"/>, as numbers.</summary>
internal static class ModemWord
{
    /// <summary>A parameter that is there and says nothing: <c>{}</c>.</summary>
    public const int Any = 0;

    /// <summary>The modem's number of a socket, chosen by whoever makes it.</summary>
    public const int Id = 1;

    /// <summary>The context, 27.007 10.1.1.</summary>
    public const int Cid = 2;

    /// <summary>Port of the server.</summary>
    public const int Port = 3;

    /// <summary>Port of ours; 0 for any.</summary>
    public const int LocalPort = 4;

    /// <summary>Number of bytes.</summary>
    public const int Length = 5;

    /// <summary>Number of hexadecimal digits: twice that of the bytes.</summary>
    public const int Digits = 6;

    /// <summary>The most bytes to read at once.</summary>
    public const int Most = 7;

    /// <summary>Release assistance: 0 nothing known, 1 nothing follows, 2 one answer follows.</summary>
    public const int Release = 8;

    /// <summary>Kind of data: 0 regular, 1 exception.</summary>
    public const int Kind = 9;

    /// <summary>0 for success.</summary>
    public const int Error = 10;

    /// <summary>Bytes left to read.</summary>
    public const int Left = 11;

    /// <summary>The longest message that the network carries.</summary>
    public const int Mtu = 12;

    /// <summary>Messages in 6 minutes that the serving network allows.</summary>
    public const int NetworkRate = 13;

    /// <summary>Unit of the operator's quota, as in <c>+CGAPNRC</c>.</summary>
    public const int Unit = 14;

    /// <summary>The operator's quota in messages.</summary>
    public const int Rate = 15;

    /// <summary>State of a socket: 1 open, all else closed.</summary>
    public const int State = 16;

    /// <summary>Words up to this one are numbers in a line from the modem.</summary>
    public const int LastNumber = 16;

    /// <summary>Name or address of the server.</summary>
    public const int Host = 17;

    /// <summary>Access point name.</summary>
    public const int Apn = 18;

    /// <summary>The data in hexadecimal digits.</summary>
    public const int Hex = 19;

    /// <summary>The data as it is.</summary>
    public const int Raw = 20;

    /// <summary>Release assistance with a comma before it, where there is something to say.</summary>
    public const int CommaRelease = 21;

    /// <summary>Kind of data with a comma before it, where there is something to say.</summary>
    public const int CommaKind = 22;

    /// <summary>Nothing; the command is left out where no access point is set.</summary>
    public const int IfApn = 23;

    /// <summary>Here the modem shows its prompt: <c>&gt;</c>.</summary>
    public const int Prompt = 24;

    /// <summary>The line ends, and the next one is data in hexadecimal digits: <c>|{hex}</c>.</summary>
    public const int HexNext = 25;

    /// <summary>The line ends, and raw data follows: <c>|{raw}</c>.</summary>
    public const int RawNext = 26;

    /// <summary>What follows in the line may be missing: <c>[</c>.</summary>
    public const int MayEnd = 27;

    // One text, which is gone after use: an array of them would stay on the board's heap.
    private const string Names =
        "|id|cid|port|lport|len|digits|most|rai|type|err|left|mtu|plmn|unit|rate|state|host|apn|hex|raw|,rai|,type|ifapn|";

    /// <summary>The number of a word, or -1.</summary>
    public static int Find(string name)
    {
        string[] names = Names.Split('|');
        for (int index = 0; index < names.Length - 1; index++)
            if (names[index] == name)
                return index;
        return -1;
    }
}
