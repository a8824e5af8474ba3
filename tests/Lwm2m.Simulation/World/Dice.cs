using System;
using Lwm2m.Coap;

namespace Lwm2m.Simulation;

/// <summary>A seeded generator: what happens in a world is drawn from it, and so are the client's and the servers' random numbers.</summary>
internal sealed class Dice : IRandom
{
    private ulong _state;

    public Dice(ulong seed)
    {
        // splitmix64: neighbouring seeds give unrelated streams.
        ulong mixed = seed + 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        _state = (mixed ^ (mixed >> 31)) | 1;
    }

    public int Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (int)(_state >> 32);
    }

    public void Fill(byte[] buffer, int offset, int count)
    {
        for (int index = 0; index < count; index++)
            buffer[offset + index] = (byte)Next();
    }

    /// <summary>From first to last, both included.</summary>
    public int Between(int first, int last) => first + (int)((uint)Next() % (uint)(last - first + 1));

    public bool Chance(int percent) => percent > 0 && Between(0, 99) < percent;

    public int Pick(params int[] choices) => choices[Between(0, choices.Length - 1)];

    /// <summary>Time until the next of events that come at random and on average so often, in milliseconds.</summary>
    public long Gap(long meanMs)
    {
        double uniform = ((uint)Next() + 1.0) / 4294967297.0;
        return 1 + (long)(-Math.Log(uniform) * meanMs);
    }
}
