using System;
using NUnit.Framework;

namespace Lwm2m.Transport.Tests;

/// <summary>What a message in and its answer out allocate, on all threads: connections are served by the thread pool.</summary>
internal static class AllocationMeter
{
    private const int Batch = 1000;
    private const int Batches = 6;

    /// <returns>Bytes per pair of messages, rounded, of the batch in which nobody else allocated: the runtime's own threads do, now and then.</returns>
    public static long PerMessage(ITransport transport, TcpPeer peer, byte[] message)
    {
        peer.Echoes = true;
        var quiet = new QuietEngine { EchoOn = transport };
        var pumps = new PumpSet(transport);
        pumps.Attach(true);
        transport.Send(0, message, 0, message.Length);
        long least = long.MaxValue;
        for (int batch = 0; batch < Batches; batch++)
        {
            long before = GC.GetTotalAllocatedBytes(true);
            // The peer echoes and the engine too: there is one message under way at any time.
            int until = quiet.Received + Batch;
            while (quiet.Received < until)
            {
                if (!pumps.Pump(quiet, 0))
                    pumps.Wait(1000);
            }

            if (batch > 1)
                least = Math.Min(least, GC.GetTotalAllocatedBytes(true) - before);
        }

        TestContext.Out.WriteLine($"{(double)least / Batch:0.00} bytes per message in and out");
        return (long)Math.Round((double)least / Batch);
    }
}
