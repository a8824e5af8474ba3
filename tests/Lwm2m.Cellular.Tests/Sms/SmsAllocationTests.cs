using System;
using System.Text;
using Lwm2m.Coap;
using Lwm2m.Transport;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Sms;

/// <summary>After the start nothing is allocated: not for a message, not for one in parts, not for a stranger's.</summary>
[TestFixture]
internal sealed class SmsAllocationTests : ILinkEvents
{
    private readonly byte[] _message = new byte[300];
    private QuietPort _port = null!;
    private CellularModem _modem = null!;
    private SmsTransport _sms = null!;
    private long _nowMs;
    private int _received;

    public void LinkUp(int link, long nowMs)
    {
    }

    public void LinkDown(int link, LinkFailure reason, long nowMs)
    {
    }

    public void Received(int link, byte[] buffer, int offset, int count, long nowMs)
    {
        _received++;
        _sms.Send(link, buffer, offset, count);
    }

    public void ReceivedTooLarge(int link, byte[] buffer, int offset, int count, long nowMs)
    {
    }

    public void Recovered(long nowMs)
    {
    }

    public long Poll(long nowMs) => long.MaxValue;

    [SetUp]
    public void Start()
    {
        _port = new QuietPort();
        _modem = new CellularModem(_port, new ModemOptions { SignalPeriodSeconds = 0 });
        _sms = new SmsTransport(_modem);
        _sms.Open(0, ServerUri.TryParse("tel:" + SmsBed.Server)!, 0);
        for (int i = 0; i < 500; i++)
            Step();
        Assert.That(_sms.Send(0, _message, 0, 1), Is.True);
    }

    [Test]
    public void A_message_each_way_allocates_nothing()
    {
        byte[] reported = Reported(Pdus.Deliver(SmsBed.Server, [], [0x40, 1, 0, 1]));
        Measure(1, reported);
    }

    [Test]
    public void A_message_in_parts_each_way_allocates_nothing()
    {
        byte[] data = new byte[134];
        Measure(1, Reported(Pdus.Part(SmsBed.Server, 1, 2, 2, data)), Reported(Pdus.Part(SmsBed.Server, 1, 2, 1, data)),
            Reported(Pdus.Part(SmsBed.Server, 1, 2, 2, [1])), Reported(Pdus.Part(SmsBed.Server, 1, 2, 1, [2])));
    }

    [Test]
    public void Messages_of_strangers_and_broken_ones_allocate_nothing()
    {
        Measure(0, Reported(Pdus.Deliver("+12125550179", [], [0x40, 1, 0, 1])), "\r\n+CMT: ,20\r\n00440B91zz\r\n"u8.ToArray());
    }

    private void Measure(int messagesAtLeast, params byte[][] reported)
    {
        Run(200, reported);
        int before = _received;
        int sent = _port.SentCount;
        long start = GC.GetAllocatedBytesForCurrentThread();
        Run(1000, reported);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - start;
        Assert.That(_received - before, Is.GreaterThanOrEqualTo(1000 * messagesAtLeast));
        Assert.That(_port.SentCount - sent, Is.GreaterThanOrEqualTo(_received - before));
        Assert.That(allocated, Is.Zero);
    }

    private void Run(int rounds, byte[][] reported)
    {
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < reported.Length; i++)
            {
                _port.Say(reported[i]);
                do
                    Step();
                while (_port.HasOutput || _modem.DueMs <= _nowMs);
            }
        }
    }

    private void Step()
    {
        _nowMs += 10;
        _modem.Pump(this, _nowMs);
    }

    private static byte[] Reported(byte[] pdu) => Encoding.ASCII.GetBytes("\r\n+CMT: ," + (pdu.Length - 1) + "\r\n" + Convert.ToHexString(pdu) + "\r\n");
}
