using System;
using System.Text;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests;

/// <summary>After the start nothing is allocated: not by a command with data, not by a prompt, not by what the modem reports.</summary>
[TestFixture]
internal sealed class AllocationTests : IAtUser
{
    private static readonly byte[] Report = Encoding.ASCII.GetBytes("\r\n+CRTDCP: 1,4,\"60450001\"\r\n+CEREG: 1,\"1A2B\",\"01C0FFEE\",9\r\n");

    private readonly byte[] _data = new byte[200];
    private int _turn;
    private int _answers;
    private int _results;
    private int _reports;
    private long _sum;

    public bool NextCommand(AtCommand command, long nowMs)
    {
        command.Tag = _turn;
        switch (_turn++ % 3)
        {
            case 0:
                command.Text("AT+CSQ");
                command.Expect("+CSQ:");
                return true;
            case 1:
                command.Text("AT+CSODCP=1,");
                command.Number(_data.Length);
                command.Text(",\"");
                command.Hex(_data, 0, _data.Length);
                command.Text("\"");
                return true;
            default:
                command.Text("AT+CMGS=");
                command.Number(_data.Length);
                command.Expect("+CMGS:");
                command.Prompt();
                command.HexByte(0);
                command.Hex(_data, 0, _data.Length);
                command.EndOfText();
                return true;
        }
    }

    public AtTake OnAnswer(int tag, AtLine line, long nowMs)
    {
        if (line.TryNumber(0, out long value))
            _sum += value;
        _answers++;
        return AtTake.Taken;
    }

    public void OnResult(int tag, AtResult result, int error, long nowMs)
    {
        if (result == AtResult.Ok)
            _results++;
    }

    public AtTake OnUnsolicited(AtLine line, long nowMs)
    {
        _reports++;
        if (line.TryHexNumber(2, out long cell))
            _sum += cell;
        return AtTake.Taken;
    }

    public void OnModemReset(long nowMs)
    {
    }

    [Test]
    public void Exchange_allocates_nothing()
    {
        CountingModem modem = new(
            Encoding.ASCII.GetBytes("\r\n+CSQ: 20,99\r\n\r\nOK\r\n"),
            Encoding.ASCII.GetBytes("\r\nOK\r\n"),
            Encoding.ASCII.GetBytes("\r\n> "),
            Encoding.ASCII.GetBytes("\r\n+CMGS: 12\r\n\r\nOK\r\n"));
        AtEngine engine = new(modem);
        engine.AddHexData(Encoding.ASCII.GetBytes("+CRTDCP:"), 2);
        engine.Add(this);

        Play(engine, modem, 300);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play(engine, modem, 3000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(allocated, Is.Zero);
        Assert.That(_results, Is.GreaterThan(2000));
        Assert.That(_answers, Is.GreaterThan(1400));
        Assert.That(_reports, Is.EqualTo(2 * 3300));
        Assert.That(_sum, Is.Positive);
    }

    private static void Play(AtEngine engine, CountingModem modem, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            engine.Poll(round);
            engine.Received(Report, 0, Report.Length, round);
            if (modem.Due == 0)
                continue;
            byte[] answer = modem.Take();
            engine.Received(answer, 0, answer.Length, round);
        }
    }
}
