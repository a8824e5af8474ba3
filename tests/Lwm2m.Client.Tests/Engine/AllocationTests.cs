using System;
using NUnit.Framework;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Engine;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class AllocationTests
{
    private readonly StoredObject _sensor = new(new ObjectDefinition(3303, "1.0", Resource.ReadOnly(5700, DataType.Float, mandatory: true)));

    private Bed Quiet()
    {
        _sensor.AddInstance(0);
        _sensor.Set(0, 5700, 21.5);
        Bed bed = new Bed(setUp: c => c.Add(_sensor), lifetime: 0);
        bed.Client.Listener = null;
        bed.Registered();
        return bed;
    }

    [TestCase("CON GET /3/0/0 accept=0")]
    [TestCase("CON GET /3/0 accept=11542")]
    [TestCase("CON GET /3/0 accept=112")]
    [TestCase("CON GET /3/0 accept=110")]
    [TestCase("CON GET /3/0 accept=11544")]
    [TestCase("CON GET /3303/0/5700 accept=0")]
    [TestCase("CON GET /3303/0 accept=40")]
    [TestCase("CON PUT /1/0/2 cf=0 \"10\"")]
    [TestCase("CON POST /1/0 cf=110 \"[{\"n\":\"/1/0/2\",\"v\":61},{\"n\":\"/1/0/3\",\"v\":100}]\"")]
    [TestCase("CON POST /1/0 cf=11542 hex:C10265C20303F2")]
    [TestCase("CON PUT /3303/0/5700?gt=10&lt=5")]
    [TestCase("CON GET /3303/0/5700 accept=0 observe=0")]
    [TestCase("CON GET /9/9")]
    [TestCase("CON PUT /1/0/2 cf=0 \"nonsense\"")]
    public void A_request_allocates_nothing(string request)
    {
        Bed bed = Quiet();
        byte[] datagram = Trace.Build(request, 1, new byte[] { 1, 2, 3, 4 });
        bed.Wire.Counting = true;
        Run(bed, datagram, 300);
        int before = bed.Wire.Count;
        long start = GC.GetAllocatedBytesForCurrentThread();
        Run(bed, datagram, 1000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - start;
        Assert.That(bed.Wire.Count - before, Is.GreaterThanOrEqualTo(1000));
        Assert.That(allocated, Is.Zero);
    }

    [Test]
    public void A_notification_allocates_nothing()
    {
        Bed bed = Quiet();
        bed.Receive(Trace.Build("CON GET /3303/0/5700 observe=0 accept=0", 1, new byte[] { 1, 2, 3, 4 }));
        bed.Wire.Counting = true;
        Notify(bed, 300);
        int before = bed.Wire.Count;
        long start = GC.GetAllocatedBytesForCurrentThread();
        Notify(bed, 1000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - start;
        Assert.That(bed.Wire.Count - before, Is.EqualTo(1000));
        Assert.That(allocated, Is.Zero);
    }

    [Test]
    public void Execute_and_the_update_that_follows_allocate_nothing()
    {
        Bed bed = Quiet();
        byte[] execute = Trace.Build("CON POST /1/0/8", 1, new byte[] { 1, 2, 3, 4 });
        var answer = new byte[8];
        bed.Wire.Counting = true;
        Trigger(bed, execute, answer, 300);
        int before = bed.Wire.Count;
        long start = GC.GetAllocatedBytesForCurrentThread();
        Trigger(bed, execute, answer, 1000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - start;
        Assert.That(bed.Wire.Count - before, Is.EqualTo(2000));
        Assert.That(allocated, Is.Zero);
    }

    // Message ids rise from request to request, as a server's do.
    private static void Run(Bed bed, byte[] datagram, int times)
    {
        for (int index = 0; index < times; index++)
        {
            Renumber(datagram);
            bed.Client.Received(0, datagram, 0, datagram.Length, bed.Now);
            bed.Client.Poll(bed.Now);
        }
    }

    private void Notify(Bed bed, int times)
    {
        for (int index = 0; index < times; index++)
        {
            _sensor.Set(0, 5700, index + 0.5);
            bed.Client.Poll(bed.Now);
        }
    }

    // The server confirms each Update: the transport remembers the last datagram for it.
    private static void Trigger(Bed bed, byte[] execute, byte[] answer, int times)
    {
        for (int index = 0; index < times; index++)
        {
            Renumber(execute);
            bed.Client.Received(0, execute, 0, execute.Length, bed.Now);
            bed.Client.Poll(bed.Now);
            Array.Copy(bed.Wire.Last, 0, answer, 0, 8);
            answer[0] = 0x64;
            answer[1] = 0x44;
            bed.Client.Received(0, answer, 0, 8, bed.Now);
            bed.Client.Poll(bed.Now);
        }
    }

    private static void Renumber(byte[] datagram)
    {
        if (++datagram[3] == 0)
            datagram[2]++;
    }
}
