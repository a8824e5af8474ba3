using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace Lwm2m.Transport.Tests;

public class PlatformRandomTests
{
    [Test]
    public void Numbers_do_not_repeat_and_use_all_bits()
    {
        var random = new PlatformRandom();
        var seen = new HashSet<int>();
        int ones = 0;
        int zeros = 0;
        for (int i = 0; i < 1000; i++)
        {
            int value = random.Next();
            seen.Add(value);
            ones |= value;
            zeros |= ~value;
        }
        Assert.That(seen, Has.Count.GreaterThan(990));
        Assert.That(ones, Is.EqualTo(-1));
        Assert.That(zeros, Is.EqualTo(-1));
    }

    [TestCase(1)]
    [TestCase(8)]
    [TestCase(511)]
    [TestCase(2000)]
    public void Fill_writes_its_part_of_the_buffer_and_no_more(int count)
    {
        var random = new PlatformRandom();
        var seen = new byte[count];
        for (int round = 0; round < 64; round++)
        {
            var buffer = new byte[count + 2];
            random.Fill(buffer, 1, count);
            Assert.That(buffer[0], Is.Zero);
            Assert.That(buffer[^1], Is.Zero);
            for (int i = 0; i < count; i++)
                seen[i] |= buffer[i + 1];
        }
        Assert.That(seen, Has.None.EqualTo((byte)0), "after 64 rounds every place was written");
    }

    [Test]
    public void Tokens_allocate_nothing()
    {
        var random = new PlatformRandom();
        var token = new byte[8];
        random.Fill(token, 0, 4);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            random.Fill(token, 0, 4);
            random.Next();
        }
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
