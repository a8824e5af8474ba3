namespace Lwm2m.Client;

// What falls due while a server is away: asleep in queue mode, off line, or cut off. Without hqmax the present value follows once, when
// the server is back; with hqmax each value that would have been notified is kept with its time, and all of them go out in one message
// or a few, before anything else of that observation. With /1/x/6 false nothing is kept at all (Core, resource /1/x/6).
internal sealed partial class ObservationTable
{
    /// <summary>hqmax in force: of the request, or at the observed level; 0 for none.</summary>
    public long Hqmax(int slot) => _words[slot * Words + Queue] & 0xFFFFFFFFL;

    /// <summary>Whether the request brought attributes of its own, so that attached ones do not count.</summary>
    public bool HasOwnAttributes(int slot) => (_flags[slot] & OwnAttributes) != 0;

    /// <summary>Whether samples of this observation are to be delivered.</summary>
    public bool HasStored(int slot) => (_flags[slot] & Stored) != 0;

    /// <summary>A CON notification was acknowledged: the samples that it carried are delivered.</summary>
    public void Acknowledged(int slot, int server)
    {
        if ((_flags[slot] & Delivering) == 0 || Server(slot) != server)
            return;
        RemoveSamples(slot, true);
        _flags[slot] &= ~Delivering;
    }

    private void Away(int slot, int server, long nowMs)
    {
        Read(slot);
        KeepResult kept = _host.Keep(slot, nowMs);
        if (kept == KeepResult.Latest)
        {
            Wait(slot, server);
            // A client that sleeps wakes for pmax.
            long overdue = _times[slot * Times + LastSent] + MaximumMs(slot);
            if (overdue > nowMs)
                _timers.Set(slot, overdue);
            return;
        }

        int flags = _flags[slot];
        bool isReleased = (flags & Released) != 0;
        int at = slot * Times;
        _times[at + LastSent] = nowMs;
        _times[at + LastJudged] = nowMs;
        if (kept == KeepResult.Dropped)
        {
            _flags[slot] = (short)(flags & ~(Owed | Dirty | Released));
            Schedule(slot);
            if (isReleased)
                Ready(server);
            return;
        }

        // It was due and is kept, which to the rules is as good as sent.
        Remember(slot);
        _flags[slot] = (short)((flags & ~(Owed | Dirty)) | Stored | (kept == KeepResult.SampledPartly ? Rest : 0));
        Wait(slot, server);
        Schedule(slot);
    }

    // Confirmable: what was kept is to arrive.
    private void Deliver(int slot, long nowMs)
    {
        int server = Server(slot);
        if (IsCut(server) && IsPaused(server))
        {
            StillAway(slot, server, nowMs);
            return;
        }

        if (NextSample(slot, 0) < 0)
        {
            // All of them had to give way to others.
            _flags[slot] = (short)((_flags[slot] & ~(Stored | Rest)) | Owed);
            TakeOutOfQueue(slot);
            Send(slot, MaximumMs(slot), nowMs);
            return;
        }

        switch (_host.Notify(slot, true, nowMs))
        {
            case NotifyResult.Sent:
                Delivered(slot, server, nowMs);
                break;
            case NotifyResult.Offline:
                StillAway(slot, server, nowMs);
                break;
            case NotifyResult.Failed:
                Remove(slot);
                Ready(server);
                break;
            default:
                Wait(slot, server);
                break;
        }
    }

    // A value that fell due meanwhile is kept, too.
    private void StillAway(int slot, int server, long nowMs)
    {
        if ((_flags[slot] & Owed) != 0)
        {
            Away(slot, server, nowMs);
            return;
        }

        Wait(slot, server);
        Schedule(slot);
    }

    private void Delivered(int slot, int server, long nowMs)
    {
        int at = slot * Times;
        _times[at + LastSent] = nowMs;
        _times[at + LastConfirmable] = nowMs;
        TakeOutOfQueue(slot);
        int flags = (_flags[slot] & ~Released) | Delivering;
        if (NextSample(slot, 0) >= 0)
        {
            // The rest follows when these have arrived.
            _waiting.AddFirst(server, slot);
            flags |= Waiting;
        }
        else
        {
            flags = (flags & Rest) == 0 ? flags & ~Stored : (flags & ~(Stored | Rest)) | Owed;
        }

        _flags[slot] = (short)flags;
        Schedule(slot);
    }

    private void TakeOutOfQueue(int slot)
    {
        if ((_flags[slot] & Waiting) == 0)
            return;
        _waiting.Remove(slot);
        _flags[slot] &= ~Waiting;
    }
}
