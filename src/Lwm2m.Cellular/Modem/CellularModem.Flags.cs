namespace Lwm2m.Cellular;

/// <summary>What is true or not, in one field: each costs the board 12 bytes.</summary>
public sealed partial class CellularModem
{
    private const int IsStatusNewFlag = 1;
    private const int IsSeekDueFlag = 2;
    private const int IsSignalWantedFlag = 4;
    private const int HasOldSignalOnlyFlag = 8;
    private const int IsPinWantedFlag = 16;
    private const int IsPinUsedFlag = 32;
    private const int IsSimAskedFlag = 64;
    private const int IsEchoTriedFlag = 128;
    private const int EchoStaysFlag = 256;

    private int _flags;

    private bool IsStatusNew
    {
        get => (_flags & IsStatusNewFlag) != 0;
        set => _flags = value ? _flags | IsStatusNewFlag : _flags & ~IsStatusNewFlag;
    }

    private bool IsSeekDue
    {
        get => (_flags & IsSeekDueFlag) != 0;
        set => _flags = value ? _flags | IsSeekDueFlag : _flags & ~IsSeekDueFlag;
    }

    private bool IsSignalWanted
    {
        get => (_flags & IsSignalWantedFlag) != 0;
        set => _flags = value ? _flags | IsSignalWantedFlag : _flags & ~IsSignalWantedFlag;
    }

    private bool HasOldSignalOnly
    {
        get => (_flags & HasOldSignalOnlyFlag) != 0;
        set => _flags = value ? _flags | HasOldSignalOnlyFlag : _flags & ~HasOldSignalOnlyFlag;
    }

    private bool IsPinWanted
    {
        get => (_flags & IsPinWantedFlag) != 0;
        set => _flags = value ? _flags | IsPinWantedFlag : _flags & ~IsPinWantedFlag;
    }

    private bool IsPinUsed
    {
        get => (_flags & IsPinUsedFlag) != 0;
        set => _flags = value ? _flags | IsPinUsedFlag : _flags & ~IsPinUsedFlag;
    }

    private bool IsSimAsked
    {
        get => (_flags & IsSimAskedFlag) != 0;
        set => _flags = value ? _flags | IsSimAskedFlag : _flags & ~IsSimAskedFlag;
    }

    /// <summary>The modem said that its echo is off now; what it does next will tell.</summary>
    private bool IsEchoTried
    {
        get => (_flags & IsEchoTriedFlag) != 0;
        set => _flags = value ? _flags | IsEchoTriedFlag : _flags & ~IsEchoTriedFlag;
    }

    /// <summary>Its echo cannot be switched off: it is lived with, and tells nothing.</summary>
    private bool EchoStays
    {
        get => (_flags & EchoStaysFlag) != 0;
        set => _flags = value ? _flags | EchoStaysFlag : _flags & ~EchoStaysFlag;
    }
}
