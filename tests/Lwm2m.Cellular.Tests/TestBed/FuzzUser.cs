using System;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests;

/// <summary>A user that writes and takes at random, and checks that each command ends exactly once and that each line lies in its buffer.</summary>
internal sealed class FuzzUser(Random random) : IAtUser
{
    private readonly byte[] _data = new byte[64];
    private int _inHand = -1;
    private int _next;

    /// <summary>Set to write one good command, <c>AT+CSQ</c>, and nothing else.</summary>
    public bool IsGood { get; set; }

    public bool IsGoodSent { get; set; }

    public bool HasGoodAnswer { get; set; }

    public bool HasGoodResult { get; set; }

    public bool NextCommand(AtCommand command, long nowMs)
    {
        Assert.That(_inHand, Is.EqualTo(-1), "a command before the result of the last one");
        if (IsGood && IsGoodSent)
            return false;
        if (!IsGood && random.Next(4) == 0)
            return false;
        _inHand = _next++;
        command.Tag = _inHand;
        command.TimeoutMs = random.Next(1, 4000);
        if (IsGood)
        {
            IsGoodSent = true;
            command.TimeoutMs = 5000;
            command.Text("AT+CSQ");
            command.Expect("+CSQ:");
            return true;
        }

        Write(command);
        return true;
    }

    public AtTake OnAnswer(int tag, AtLine line, long nowMs)
    {
        Check(line);
        Assert.That(tag, Is.EqualTo(_inHand));
        if (IsGood)
        {
            HasGoodAnswer |= line.TryNumber(0, out long rssi) && rssi == 20;
            return AtTake.Taken;
        }

        return Any(line);
    }

    public void OnResult(int tag, AtResult result, int error, long nowMs)
    {
        Assert.That(tag, Is.EqualTo(_inHand), "a result of another command");
        _inHand = -1;
        HasGoodResult |= IsGood && IsGoodSent && result == AtResult.Ok;
    }

    public AtTake OnUnsolicited(AtLine line, long nowMs)
    {
        Check(line);
        return Any(line);
    }

    public void OnModemReset(long nowMs) => Assert.That(_inHand, Is.EqualTo(-1));

    private void Write(AtCommand command)
    {
        command.Text("AT+X=");
        command.Number(random.Next(-5, 70000));
        switch (random.Next(6))
        {
            case 0:
                command.ExpectAny();
                break;
            case 1:
                command.Expect("+QIRD:");
                break;
            case 2:
                command.ExpectRaw("+CARECV:", 1);
                break;
            case 3:
                command.ExpectHex("", 4);
                break;
            case 4:
                command.FinishOn("SEND OK", "SEND FAIL");
                break;
        }

        int count = random.Next(_data.Length);
        if (random.Next(3) == 0)
        {
            command.Prompt();
            if (random.Next(2) == 0)
                command.Hex(_data, 0, count);
            else
                command.Raw(_data, 0, count);
            command.EndOfText();
        }
        else if (random.Next(2) == 0)
            command.Hex(_data, 0, count);
    }

    private AtTake Any(AtLine line)
    {
        if (IsGood)
            return AtTake.NotMine;
        line.RawBytes = random.Next(8) == 0 ? random.Next(-1, 70000) : random.Next(0, 40);
        return (AtTake)random.Next(5);
    }

    private static void Check(AtLine line)
    {
        Assert.That(line.Length, Is.InRange(0, line.Buffer.Length));
        if (line.HasData)
            Assert.That(line.DataOffset + Math.Max(0, line.DataLength), Is.InRange(0, line.Length));
        int count = line.Count;
        for (int index = 0; index <= count; index++)
        {
            line.TryNumber(index, out _);
            line.TryHexNumber(index, out _);
            line.IsQuoted(index);
            if (line.TryText(index, out int offset, out int length))
                Assert.That(offset + length, Is.InRange(0, line.Length));
        }
    }
}
