using System;
using Lwm2m.Coap;
using Lwm2m.Transport;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.NonIp;

/// <summary>After the start nothing is allocated: not for a message each way, and not for one that is no message.</summary>
internal sealed class NonIpAllocationTests : ILinkEvents
{
    private NonIpTransport _transport = null!;
    private int _received;
    private bool _isUp;

    public void LinkUp(int link, long nowMs) => _isUp = true;

    public void LinkDown(int link, LinkFailure reason, long nowMs) => _isUp = false;

    public void Received(int link, byte[] buffer, int offset, int count, long nowMs)
    {
        _received++;
        _transport.Send(link, buffer, offset, count);
    }

    public void ReceivedTooLarge(int link, byte[] buffer, int offset, int count, long nowMs)
    {
    }

    public void Recovered(long nowMs)
    {
    }

    public long Poll(long nowMs) => long.MaxValue;

    [TestCase("\r\n+CRTDCP: 1,4,\"60450001\"\r\n", 1)]
    [TestCase("\r\n+CRTDCP: 1,4,\"6045000\"\r\n\r\n+CRTDCP: x,1\r\n", 0)]
    public void A_message_each_way_allocates_nothing(string report, int messages)
    {
        Sms.QuietPort port = new();
        CellularModem modem = new(port, new ModemOptions { SignalPeriodSeconds = 0 });
        _transport = new NonIpTransport(modem, new NonIpOptions { MaxMessageBytes = 512, ReleaseAssistance = true, MessagesPerPeriod = 100, BytesPerPeriod = 10_000, PeriodMs = 60_000 });
        _transport.Open(0, ServerUri.TryParse("coap+nidd://a")!, 0);
        long now = 0;
        for (int round = 0; round < 500; round++)
            modem.Pump(this, now += 10);
        Assert.That(_isUp, Is.True);

        byte[] said = System.Text.Encoding.ASCII.GetBytes(report);
        byte[] message = [0x50, 0x45, 0, 1, 0xFF, 0x31];
        long start = 0;
        for (int round = 0; round < 1200; round++)
        {
            if (round == 200)
            {
                start = GC.GetAllocatedBytesForCurrentThread();
                _received = 0;
            }

            message[3] = (byte)round;
            _transport.Send(0, message, 0, message.Length);
            port.Say(said);
            do
                modem.Pump(this, now += 10);
            while (port.HasOutput || modem.DueMs <= now);
            _transport.IsHeldBack(0);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - start;
        Assert.That(allocated, Is.Zero);
        Assert.That(_received, Is.EqualTo(1000 * messages));
        Assert.That(_transport.QueuedBytes, Is.Zero);
    }
}
