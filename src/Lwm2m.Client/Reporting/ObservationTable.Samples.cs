using System;

namespace Lwm2m.Client;

// Values with their times, oldest first, each behind its head, in one array that never grows: what does not fit pushes out the oldest.
// A value is the TLV of its resource or resource instance; its type is that of the definition.
internal sealed partial class ObservationTable
{
    /// <summary>Owner of the samples that the application records for Send.</summary>
    public const int Recorded = 0x7FFF;

    /// <summary>Bytes in front of a sample's value.</summary>
    public const int SampleHead = 18;

    // The head: length of the whole, owner, time in milliseconds, path.
    private const int SampleOwner = 2;
    private const int SampleTime = 4;
    private const int SamplePath = 10;
    // In the owner: it is in a message that is not yet acknowledged.
    private const int InFlight = 0x8000;

    private readonly byte[] _samples;
    private int _sampleEnd;

    /// <summary>Holds the samples.</summary>
    public byte[] Samples => _samples;

    /// <summary>
    /// Makes place for one more sample of a path: the oldest of as many as there may be goes. Answers where its value is to be
    /// written, up to the end of <see cref="Samples"/>; -1 where there is no room, until <see cref="DropSample"/> made some.
    /// </summary>
    public int OpenSample(int owner, long path, long most)
    {
        long count = 0;
        int oldest = -1;
        for (int at = 0; at < _sampleEnd; at += Get(at, 2))
        {
            if ((Get(at + SampleOwner, 2) & ~InFlight) != owner || PathAt(at) != path)
                continue;
            if (count++ == 0)
                oldest = at;
        }

        if (oldest >= 0 && count >= most)
            RemoveSample(oldest);
        return _sampleEnd + SampleHead < _samples.Length && _sampleEnd + SampleHead <= 0xFFFF ? _sampleEnd + SampleHead : -1;
    }

    /// <summary>The value was written: the sample counts.</summary>
    public void CloseSample(int owner, long path, long timeMs, int length)
    {
        int at = _sampleEnd;
        Put(at, SampleHead + length, 2);
        Put(at + SampleOwner, owner, 2);
        Put(at + SampleTime, timeMs, 6);
        Put(at + SamplePath, path, 8);
        _sampleEnd = at + SampleHead + length;
    }

    /// <summary>The oldest one goes, whosever it is; false where there is none.</summary>
    public bool DropSample()
    {
        if (_sampleEnd == 0)
            return false;
        RemoveSample(0);
        return true;
    }

    /// <summary>The first sample of this owner at or behind a place that is not in a message under way; -1 where there is none.</summary>
    public int NextSample(int owner, int at)
    {
        for (; at < _sampleEnd; at += Get(at, 2))
            if (Get(at + SampleOwner, 2) == owner)
                return at;
        return -1;
    }

    /// <summary>The place behind a sample.</summary>
    public int AfterSample(int at) => at + Get(at, 2);

    /// <summary>When the value was taken, in the clock of the engine.</summary>
    public long SampleTimeMs(int at) => (long)Get(at + SampleTime, 2) << 32 | (uint)Get(at + SampleTime + 2, 4);

    /// <summary>Packed path of a sample.</summary>
    public long SamplePathAt(int at) => PathAt(at);

    /// <summary>Length of the value.</summary>
    public int SampleValueLength(int at) => Get(at, 2) - SampleHead;

    /// <summary>A sample that cannot be told goes.</summary>
    public void RemoveSample(int at)
    {
        int length = Get(at, 2);
        Array.Copy(_samples, at + length, _samples, at, _sampleEnd - at - length);
        _sampleEnd -= length;
    }

    /// <summary>The samples of this owner in front of a place are in a message: they stay until it is acknowledged.</summary>
    public void SendSamples(int owner, int until)
    {
        for (int at = NextSample(owner, 0); at >= 0 && at < until; at = NextSample(owner, AfterSample(at)))
            Put(at + SampleOwner, owner | InFlight, 2);
    }

    /// <summary>All samples of an owner go, or those in a message.</summary>
    public void RemoveSamples(int owner, bool isDelivered)
    {
        int at = 0;
        while (at < _sampleEnd)
        {
            int found = Get(at + SampleOwner, 2);
            if (isDelivered ? found == (owner | InFlight) : (found & ~InFlight) == owner)
                RemoveSample(at);
            else
                at += Get(at, 2);
        }
    }

    private void TakeBackSamples(int owner)
    {
        for (int at = 0; at < _sampleEnd; at += Get(at, 2))
            if (Get(at + SampleOwner, 2) == (owner | InFlight))
                Put(at + SampleOwner, owner, 2);
    }

    private long PathAt(int at) => (long)Get(at + SamplePath, 4) << 32 | (uint)Get(at + SamplePath + 4, 4);

    private int Get(int at, int size)
    {
        int value = 0;
        for (int end = at + size; at < end; at++)
            value = value << 8 | _samples[at];
        return value;
    }

    private void Put(int at, long value, int size)
    {
        for (int last = at + size - 1; last >= at; last--)
        {
            _samples[last] = (byte)value;
            value >>= 8;
        }
    }
}
