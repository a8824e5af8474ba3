using System;

namespace Lwm2m.Cellular;

/// <summary>
/// How many messages and bytes may still go uplink where an operator, or the user, counts them (APN rate control, 27.007 <c>+CGAPNRC</c>).
/// Knows no clock: the time is handed in.
/// </summary>
/// <remarks>
/// Nobody tells a device when the operator's period begins. Therefore any stretch of time of that length counts: within none of them
/// more goes out than the quota, as long as callers respect <see cref="IsHeldBack"/>. What they may always send, answers and Updates, has the
/// reserve. Messages are remembered in a few groups, each of which ends a period after its last message; so the quota is back at the
/// latest a quarter of a period later than it could be.
/// </remarks>
public sealed class RateBudget
{
    /// <summary>A minute in milliseconds.</summary>
    public const long MinuteMs = 60_000;

    // A group takes what is sent within a quarter of a period of its first message, and lives for a period after its last one: the first is
    // gone before a sixth begins.
    private const int GroupsPerPeriod = 4;
    private const int Groups = GroupsPerPeriod + 1;

    private readonly int _reserveMessages;
    private readonly int _reserveBytes;
    private readonly long[] _lastMs = new long[Groups];
    private readonly int[] _messages = new int[Groups];
    private readonly int[] _bytes = new int[Groups];
    private long _newestSinceMs;
    private int _oldest;
    private int _used;
    private int _messagesUsed;
    private int _bytesUsed;

    /// <summary>Makes a budget of which nothing is used.</summary>
    /// <param name="messages">Messages in a period; 0 where they are not counted.</param>
    /// <param name="bytes">Bytes in a period; 0 where they are not counted.</param>
    /// <param name="periodMs">The period, at least 1 ms.</param>
    /// <param name="reserveMessages">What of the messages is kept for answers and Updates; -1 for an eighth, 1 at least. Always less than all.</param>
    /// <param name="reserveBytes">What of the bytes is kept; -1 for an eighth. The longest message that waits should fit it, since nobody knows
    /// beforehand how long the last one will be.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the period not positive.</exception>
    public RateBudget(int messages, int bytes, long periodMs, int reserveMessages = -1, int reserveBytes = -1)
    {
        if (messages < 0)
            throw new ArgumentOutOfRangeException(nameof(messages), "RateBudget: messages must not be negative.");
        if (bytes < 0)
            throw new ArgumentOutOfRangeException(nameof(bytes), "RateBudget: bytes must not be negative.");
        if (periodMs < 1)
            throw new ArgumentOutOfRangeException(nameof(periodMs), "RateBudget: the period must be at least 1 ms.");
        Messages = messages;
        Bytes = bytes;
        PeriodMs = periodMs;
        if (reserveMessages < 0)
            reserveMessages = messages < 16 ? 1 : messages / 8;
        if (reserveBytes < 0)
            reserveBytes = bytes / 8;
        _reserveMessages = Below(reserveMessages, messages);
        _reserveBytes = Below(reserveBytes, bytes);
    }

    /// <summary>Messages in a period; 0 where they are not counted.</summary>
    public int Messages { get; }

    /// <summary>Bytes in a period; 0 where they are not counted.</summary>
    public int Bytes { get; }

    /// <summary>The period in milliseconds.</summary>
    public long PeriodMs { get; }

    /// <summary>The period of a unit of <c>+CGAPNRC</c>: 1 minute, 2 hour, 3 day, 4 week.</summary>
    /// <param name="unit">The unit.</param>
    /// <returns>Milliseconds; 0 for unrestricted and for what nobody knows.</returns>
    public static long UnitMs(int unit)
    {
        switch (unit)
        {
            case 1: return MinuteMs;
            case 2: return 60 * MinuteMs;
            case 3: return 24 * 60 * MinuteMs;
            case 4: return 7 * 24 * 60 * MinuteMs;
            default: return 0;
        }
    }

    /// <summary>A budget of the same size of which nothing is used.</summary>
    internal RateBudget Fresh() => new RateBudget(Messages, Bytes, PeriodMs, _reserveMessages, _reserveBytes);

    /// <summary>A message goes out, of whatever kind.</summary>
    /// <param name="bytes">Its length.</param>
    /// <param name="nowMs">Monotonic time.</param>
    public void Count(int bytes, long nowMs)
    {
        Forget(nowMs);
        if (_used == 0 || nowMs - _newestSinceMs >= PeriodMs / GroupsPerPeriod && _used < Groups)
        {
            _newestSinceMs = nowMs;
            _used++;
            int fresh = Newest;
            _messages[fresh] = 0;
            _bytes[fresh] = 0;
        }

        int group = Newest;
        _lastMs[group] = nowMs;
        _messages[group]++;
        _bytes[group] += bytes;
        _messagesUsed++;
        _bytesUsed += bytes;
    }

    /// <summary>True while what is left is the reserve: what can wait has to. Answers and Updates may go all the same.</summary>
    /// <param name="nowMs">Monotonic time.</param>
    public bool IsHeldBack(long nowMs)
    {
        Forget(nowMs);
        return IsShort(_messagesUsed, _bytesUsed);
    }

    /// <summary>Messages left of the quota; negative when answers took more; <see cref="int.MaxValue"/> where they are not counted.</summary>
    /// <param name="nowMs">Monotonic time.</param>
    public int MessagesLeft(long nowMs)
    {
        Forget(nowMs);
        return Messages == 0 ? int.MaxValue : Messages - _messagesUsed;
    }

    /// <summary>Bytes left of the quota; negative when answers took more; <see cref="int.MaxValue"/> where they are not counted.</summary>
    /// <param name="nowMs">Monotonic time.</param>
    public int BytesLeft(long nowMs)
    {
        Forget(nowMs);
        return Bytes == 0 ? int.MaxValue : Bytes - _bytesUsed;
    }

    /// <summary>When <see cref="IsHeldBack"/> ends if nothing else is sent; <see cref="long.MaxValue"/> when it is not so.</summary>
    /// <param name="nowMs">Monotonic time.</param>
    public long FreeMs(long nowMs)
    {
        if (!IsHeldBack(nowMs))
            return long.MaxValue;
        int messages = _messagesUsed;
        int bytes = _bytesUsed;
        for (int index = 0; index < _used; index++)
        {
            int group = (_oldest + index) % Groups;
            messages -= _messages[group];
            bytes -= _bytes[group];
            if (!IsShort(messages, bytes))
                return _lastMs[group] + PeriodMs;
        }

        return long.MaxValue;
    }

    private int Newest => (_oldest + _used - 1) % Groups;

    private static int Below(int reserve, int quota) => reserve < quota ? reserve : quota == 0 ? 0 : quota - 1;

    private bool IsShort(int messages, int bytes) =>
        Messages > 0 && Messages - messages <= _reserveMessages || Bytes > 0 && Bytes - bytes <= _reserveBytes;

    private void Forget(long nowMs)
    {
        while (_used > 0 && nowMs - _lastMs[_oldest] >= PeriodMs)
        {
            _messagesUsed -= _messages[_oldest];
            _bytesUsed -= _bytes[_oldest];
            _oldest = (_oldest + 1) % Groups;
            _used--;
        }
    }
}
