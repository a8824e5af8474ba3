using System;
using System.Text;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests;

/// <summary>Any bytes at any time: no exception, no hang, one result a command, and when the modem comes to its senses so does the engine.</summary>
[TestFixture]
internal sealed class AtFuzzTests
{
    private const int Seed = 20261121;
    private const int Rounds = 4000;

    private static readonly string[] Dialogues =
    [
        "\r\nOK\r\n", "\r\nERROR\r\n", "\r\n+CME ERROR: 10\r\n", "\r\n+CMS ERROR: 332\r\n", "\r\n+CME ERROR: SIM not inserted\r\n", "\r\n> ", "\r\nSEND OK\r\n",
        "AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n", "\r\n+CRTDCP: 1,4,\"60450001\"\r\n", "\r\n+CRTDCP: 1,4,60450001,3,7\r\n", "\r\n+CMT: ,34\r\n0044000B912121550571F8\r\n",
        "\r\n+QIURC: \"recv\",0,4\r\nabcd\r\n", "\r\n+QIRD: 10\r\n0123456789\r\n\r\nOK\r\n", "\r\n+CARECV: 5,ab\r\nc\r\n\r\nOK\r\n", "\r\n1,192.0.2.1,5683,4,60450001,0\r\n\r\nOK\r\n",
        "\r\n490154203237518\r\n\r\nOK\r\n", "\r\n+CEREG: 4,1,\"1A2B\",\"01C0FFEE\",9,,,\"00000101\",\"00100011\"\r\n", "\r\nRDY\r\n", "\r\n^SYSSTART\r\n", "\r\n+CPIN: READY\r\n",
    ];

    [Test]
    public void Engine_survives_any_bytes_and_goes_on()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        FuzzModem modem = new();
        AtEngine engine = new(modem, 80, 40);
        FuzzUser user = new(random);
        engine.Add(user);
        engine.AddHexData(Encoding.ASCII.GetBytes("+CRTDCP:"), 2);
        engine.AddRawData(Encoding.ASCII.GetBytes("+CARECV:"), 1);
        long nowMs = 0;

        for (int round = 0; round < Rounds; round++)
        {
            Storm(random, engine, modem, ref nowMs);
            Calm(engine, modem, user, ref nowMs, round);
        }
    }

    private static void Storm(Random random, AtEngine engine, FuzzModem modem, ref long nowMs)
    {
        modem.Clear();
        modem.IsGood = false;
        modem.Room = () => random.Next(0, 30);
        for (int piece = random.Next(1, 8); piece > 0; piece--)
        {
            byte[] bytes = Mutated(random);
            int offset = 0;
            while (offset < bytes.Length)
            {
                int count = random.Next(1, bytes.Length - offset + 1);
                engine.Received(bytes, offset, count, nowMs);
                offset += count;
                nowMs += random.Next(0, 3) == 0 ? random.Next(0, 3000) : 0;
                engine.Ask();
                engine.Poll(nowMs);
            }
        }
    }

    /// <summary>From now on the modem is a good one: within a few commands it is understood.</summary>
    private static void Calm(AtEngine engine, FuzzModem modem, FuzzUser user, ref long nowMs, int round)
    {
        modem.IsGood = true;
        modem.Room = () => int.MaxValue;
        user.IsGood = true;
        user.HasGoodAnswer = false;
        user.HasGoodResult = false;
        for (int attempt = 0; attempt < 4 && !(user.HasGoodAnswer && user.HasGoodResult); attempt++)
        {
            user.IsGoodSent = false;
            engine.Ask();
            long endMs = nowMs + 30000;
            while (nowMs < endMs)
            {
                engine.Poll(nowMs);
                byte[]? answer = modem.Take();
                if (answer != null)
                    engine.Received(answer, 0, answer.Length, nowMs);
                else if (user.IsGoodSent && !engine.IsInCommand && !engine.IsSearching)
                    break;
                else
                    nowMs = Math.Max(nowMs, Math.Min(endMs, engine.DueMs));
            }
        }

        Assert.That(user.HasGoodAnswer && user.HasGoodResult, $"round {round}: the engine does not find its way back");
        user.IsGood = false;
    }

    private static byte[] Mutated(Random random)
    {
        StringBuilder text = new();
        for (int count = random.Next(1, 4); count > 0; count--)
            text.Append(Dialogues[random.Next(Dialogues.Length)]);
        for (int count = random.Next(0, 6); count > 0 && text.Length > 1; count--)
        {
            int at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text[at] = (char)random.Next(256);
                    break;
                case 1:
                    text.Remove(at, random.Next(1, Math.Min(8, text.Length - at) + 1));
                    break;
                case 2:
                    text.Insert(at, text.ToString(at, random.Next(1, Math.Min(90, text.Length - at) + 1)));
                    break;
                default:
                    text.Insert(at, (char)random.Next(256));
                    break;
            }
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }
}
