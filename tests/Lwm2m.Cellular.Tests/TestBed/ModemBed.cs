using System;
using System.Collections.Generic;
using Lwm2m.Transport;

namespace Lwm2m.Cellular.Tests;

/// <summary>A modem machine, a scripted modem and a clock. Notes what the machine tells: <c>state Ready</c>, <c>failure SimPin</c>, <c>status</c>, and events of links.</summary>
internal sealed class ModemBed : IModemListener, ILinkEvents
{
    public ModemBed(ModemOptions? options = null) => Machine = new CellularModem(Port, options ?? new ModemOptions { SignalPeriodSeconds = 0 }) { Listener = this };

    public ScriptedPort Port { get; } = new();

    public ScriptedModem Modem => Port.Modem;

    public CellularModem Machine { get; }

    public List<string> Heard { get; } = [];

    public long NowMs { get; private set; } = 1000;

    /// <summary>Expects a start-up of a modem that is registered already, up to <see cref="ModemState.Ready"/> with signal and identities.</summary>
    public ModemBed ExpectStart()
    {
        Modem.On("AT", "OK").On("ATE0", "OK").On("AT+CMEE=1", "OK");
        Modem.On("AT+CPIN?", "+CPIN: READY", "OK");
        return this;
    }

    /// <summary>Expects what follows the set-up commands of services.</summary>
    public ModemBed ExpectAttach()
    {
        Modem.On("AT+CEREG=4", "OK").On("AT+CSCON=1", "OK").On("AT+CFUN=1", "OK");
        Modem.On("AT+CEREG?", "+CEREG: 4,1,\"1A2B\",\"01C0FFEE\",9,,,\"00000101\",\"00100011\"", "OK");
        return this;
    }

    /// <summary>Expects what the machine asks for once it is registered.</summary>
    public ModemBed ExpectStatus()
    {
        Modem.On("AT+CESQ", "+CESQ: 99,99,255,255,20,50", "OK");
        Modem.On("AT+CGSN=1", "+CGSN: \"490154203237518\"", "OK").On("AT+CIMI", "262011234567890", "OK").On("AT+CCID", "+CCID: 8949011234567890123", "OK");
        Modem.On("AT+COPS=3,2", "OK").On("AT+COPS?", "+COPS: 0,2,\"26201\",9", "OK");
        return this;
    }

    /// <summary>Plays what can happen at this moment.</summary>
    public void Run()
    {
        for (int round = 0; round < 10000; round++)
            if (!Machine.Pump(this, NowMs) && Port.Peek(out _) == 0 && Machine.DueMs > NowMs)
                return;
        throw new InvalidOperationException("The machine does not come to rest.");
    }

    /// <summary>Plays what happens in so many milliseconds.</summary>
    public void Advance(long ms)
    {
        long end = NowMs + ms;
        Run();
        while (Machine.DueMs <= end)
        {
            NowMs = Math.Max(NowMs, Machine.DueMs);
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

    public void OnModemState(ModemState state, long nowMs) => Heard.Add($"state {state}");

    public void OnModemStatus(long nowMs) => Heard.Add("status");

    public void OnModemFailure(ModemFailure reason, string text, long nowMs) => Heard.Add($"failure {reason}");

    public void LinkUp(int link, long nowMs) => Heard.Add($"up {link}");

    public void LinkDown(int link, LinkFailure reason, long nowMs) => Heard.Add($"down {link} {reason}");

    public void Received(int link, byte[] buffer, int offset, int count, long nowMs) => Heard.Add($"received {link} {Convert.ToHexString(buffer, offset, count)}");

    public void ReceivedTooLarge(int link, byte[] buffer, int offset, int count, long nowMs) => Heard.Add($"too large {link}");

    public void Recovered(long nowMs) => Heard.Add("recovered");

    public long Poll(long nowMs) => long.MaxValue;
}
