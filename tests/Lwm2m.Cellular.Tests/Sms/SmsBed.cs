using System;
using System.Text;
using Lwm2m.Client;
using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Cellular.Tests.Sms;

/// <summary>A modem, short messages over it, an engine above, and a clock.</summary>
internal sealed class SmsBed
{
    public const string Server = "+12125550178";

    private readonly ILinkEvents _engine;

    public SmsBed(SmsOptions? options = null, Lwm2mClient? client = null, Func<string, string?>? answer = null)
    {
        if (answer != null)
            Port.Answer = answer;
        Modem = new CellularModem(Port, new ModemOptions { SignalPeriodSeconds = 0 });
        Sms = new SmsTransport(Modem, options) { Client = client };
        _engine = (ILinkEvents?)client ?? Log;
    }

    public SmsModem Port { get; } = new();

    /// <summary>Another bearer, pumped with the modem.</summary>
    public FakeUdp? Udp { get; set; }

    public CellularModem Modem { get; }

    public SmsTransport Sms { get; }

    public LinkLog Log { get; } = new();

    public long NowMs { get; private set; } = 1000;

    /// <summary>Starts the modem and opens link 0.</summary>
    public SmsBed Up(string uri = "tel:" + Server)
    {
        Sms.Open(0, ServerUri.TryParse(uri)!, 0);
        Advance(5000);
        Log.Lines.Clear();
        Port.Said.Clear();
        return this;
    }

    public bool Send(string hex, int link = 0)
    {
        byte[] message = Convert.FromHexString(hex);
        return Sms.Send(link, message, 0, message.Length);
    }

    /// <summary>Plays what happens in so many milliseconds.</summary>
    public void Advance(long ms = 0)
    {
        long end = NowMs + ms;
        for (int round = 0; round < 100_000; round++)
        {
            bool more = Modem.Pump(_engine, NowMs);
            Udp?.Pump(_engine, NowMs);
            long due = Math.Min(_engine.Poll(NowMs), Math.Min(Modem.DueMs, Udp?.DueMs ?? long.MaxValue));
            if (more || Port.HasOutput || due <= NowMs)
                continue;
            if (due > end)
            {
                NowMs = end;
                return;
            }

            NowMs = due;
        }

        throw new InvalidOperationException("The bed does not come to rest.");
    }

    public void Deliver(byte[] pdu)
    {
        Port.Deliver(pdu);
        Advance();
    }
}
