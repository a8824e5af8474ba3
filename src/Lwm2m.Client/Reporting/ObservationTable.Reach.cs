namespace Lwm2m.Client;

// Servers that cannot be reached. A CON notification that nobody acknowledged, or one that the transport did not take, cuts its server off:
// nothing more is sent there for a pause that grows from failure to failure, and then one notification at a time, as a CON, until
// anything at all is heard from it. So the last value arrives as soon as there is a way, and a dead server is not shouted at.
internal sealed partial class ObservationTable
{
    // A pair for each server: failures in a row, and when the next attempt is due; 0 while one may be made.
    private readonly long[] _tries;

    /// <summary>How many servers are cut off: while any is, what is heard from one matters. A field, since each datagram asks.</summary>
    internal int Cut;

    /// <summary>Something came from this server: what it is owed goes out.</summary>
    public void Heard(int server)
    {
        if (!IsCut(server))
            return;
        Reached(server);
        Ready(server);
    }

    /// <summary>A CON notification came to nothing: what it said is owed again, as a CON, whatever pmin says.</summary>
    /// <param name="slot">Where it came from; the slot may have another owner by now.</param>
    /// <param name="server">Place of the server account.</param>
    /// <param name="isSilent">True where the server did not acknowledge; false where the message was given up on this side.</param>
    /// <param name="nowMs">Now.</param>
    public void Unacknowledged(int slot, int server, bool isSilent, long nowMs)
    {
        if (IsSender(slot, server))
        {
            int flags = _flags[slot];
            int at = slot * Times;
            _times[at + LastConfirmable] = long.MinValue / 2;
            if ((flags & Delivering) != 0)
            {
                TakeBackSamples(slot);
                flags = (flags & ~Delivering) | Stored;
            }
            else
            {
                _times[at + LastSent] = long.MinValue / 2;
                flags |= Owed;
            }

            if ((flags & (Waiting | Released)) == 0)
            {
                _timers.Stop(slot);
                flags |= Waiting;
                _waiting.AddFirst(server, slot);
            }

            _flags[slot] = (short)flags;
        }

        if (!isSilent)
            return;
        Pause(server, nowMs);
        // From now on the server is away.
        if (IsSender(slot, server) && (_flags[slot] & (Owed | Released)) == Owed)
            Away(slot, server, nowMs);
    }

    private bool IsCut(int server) => _tries[server * 2] != 0;

    private bool IsPaused(int server) => _tries[server * 2 + 1] != 0;

    private void Pause(int server, long nowMs)
    {
        int at = server * 2;
        if (_tries[at]++ == 0)
            Cut++;
        _tries[at + 1] = nowMs + _host.PauseMs((int)_tries[at]);
    }

    private void Reached(int server)
    {
        int at = server * 2;
        if (_tries[at] != 0)
            Cut--;
        _tries[at] = 0;
        _tries[at + 1] = 0;
    }

    private void TryAgain(long nowMs)
    {
        for (int at = 1; at < _tries.Length; at += 2)
        {
            if (_tries[at] == 0 || _tries[at] > nowMs)
                continue;
            _tries[at] = 0;
            Ready(at >> 1);
        }
    }

    private long NextTryMs()
    {
        long next = long.MaxValue;
        for (int at = 1; at < _tries.Length; at += 2)
            if (_tries[at] != 0)
                next = Earlier(next, _tries[at]);
        return next;
    }
}
