using System;
using Lwm2m.Coap;

namespace Lwm2m.Bearers.Tests;

/// <summary>The client's random numbers, from a seed.</summary>
internal sealed class FaultRandom : IRandom
{
    private readonly Random _random;

    public FaultRandom(int seed) => _random = new Random(seed);

    public int Next() => _random.Next();

    public void Fill(byte[] buffer, int offset, int count) => _random.NextBytes(buffer.AsSpan(offset, count));
}
