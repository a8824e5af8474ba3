using System;
using System.Text;

namespace Lwm2m.Cellular.Tests;

/// <summary>An AT engine, a scripted modem and a clock.</summary>
internal sealed class AtBed
{
    public AtBed(int lineBytes = 600, int commandBytes = 128) => Engine = new AtEngine(Modem, lineBytes, commandBytes);

    public ScriptedModem Modem { get; } = new();

    public AtEngine Engine { get; }

    public long NowMs { get; private set; } = 1000;

    /// <summary>Bytes the engine gets in one piece; 1 splits everything.</summary>
    public int PieceBytes { get; set; } = int.MaxValue;

    /// <summary>Plays what can happen at this moment.</summary>
    public void Run()
    {
        for (int round = 0; round < 10000; round++)
        {
            Engine.Poll(NowMs);
            string? said = Modem.Take();
            if (said != null)
                Deliver(said);
            else if (Engine.DueMs > NowMs)
                return;
        }

        throw new InvalidOperationException("The engine does not come to rest.");
    }

    /// <summary>Plays what happens in so many milliseconds.</summary>
    public void Advance(long ms)
    {
        long end = NowMs + ms;
        Run();
        while (Engine.DueMs <= end)
        {
            NowMs = Math.Max(NowMs, Engine.DueMs);
            Run();
        }

        NowMs = end;
    }

    /// <summary>Lets the modem say whole lines by itself, and plays what follows.</summary>
    public void SayLines(params string[] lines)
    {
        foreach (string line in lines)
            Modem.Say("\r\n" + line + "\r\n");
        Run();
    }

    /// <summary>Lets the modem say these bytes, and plays what follows.</summary>
    public void Say(string bytes)
    {
        Modem.Say(bytes);
        Run();
    }

    private void Deliver(string said)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(said);
        for (int offset = 0; offset < bytes.Length; offset += Math.Min(PieceBytes, bytes.Length - offset))
        {
            Engine.Received(bytes, offset, Math.Min(PieceBytes, bytes.Length - offset), NowMs);
            Engine.Poll(NowMs);
        }
    }
}
