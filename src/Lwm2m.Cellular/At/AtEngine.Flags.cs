namespace Lwm2m.Cellular;

/// <summary>What is true or not, in one field: each costs the board 12 bytes.</summary>
public sealed partial class AtEngine
{
    private const int IsAskedFlag = 1;
    private const int IsFoundFlag = 2;
    private const int IsWakingFlag = 4;
    private const int EndedWithReturnFlag = 8;
    private const int FollowsAnswerFlag = 16;
    private const int EchoFlag = 32;
    private const int WasEscapedFlag = 64;

    private int _flags;

    /// <summary>Set when the modem repeated a command, which it does with echo on: a sign that it forgot its settings. Cleared by whom it concerns.</summary>
    public bool EchoSeen
    {
        get => (_flags & EchoFlag) != 0;
        set => _flags = value ? _flags | EchoFlag : _flags & ~EchoFlag;
    }

    private bool IsAsked
    {
        get => (_flags & IsAskedFlag) != 0;
        set => _flags = value ? _flags | IsAskedFlag : _flags & ~IsAskedFlag;
    }

    private bool IsFound
    {
        get => (_flags & IsFoundFlag) != 0;
        set => _flags = value ? _flags | IsFoundFlag : _flags & ~IsFoundFlag;
    }

    private bool IsWaking
    {
        get => (_flags & IsWakingFlag) != 0;
        set => _flags = value ? _flags | IsWakingFlag : _flags & ~IsWakingFlag;
    }

    private bool WasEscaped
    {
        get => (_flags & WasEscapedFlag) != 0;
        set => _flags = value ? _flags | WasEscapedFlag : _flags & ~WasEscapedFlag;
    }

    private bool EndedWithReturn
    {
        get => (_flags & EndedWithReturnFlag) != 0;
        set => _flags = value ? _flags | EndedWithReturnFlag : _flags & ~EndedWithReturnFlag;
    }

    private bool FollowsAnswer
    {
        get => (_flags & FollowsAnswerFlag) != 0;
        set => _flags = value ? _flags | FollowsAnswerFlag : _flags & ~FollowsAnswerFlag;
    }
}
