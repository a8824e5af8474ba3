using System;
using System.Collections.Generic;
using Lwm2m.Coap;

namespace Lwm2m.Client.Tests.Engine;

/// <summary>
/// A client on a virtual clock, with a server played by the test line by line: what the server sends goes in, what the
/// client sends comes out as text. Time moves only in <see cref="Advance"/>.
/// </summary>
public sealed class Bed
{
    private readonly CoapMessage _parsed = new();
    private int _messageId = 1000;
    private int _lastMessageId;
    private byte[] _lastToken = Array.Empty<byte>();

    public Bed(Action<ClientOptions>? options = null, Action<Lwm2mClient>? setUp = null, int lifetime = 300, int servers = 1)
    {
        var chosen = new ClientOptions("abc") { HighestVersion = LwM2MVersion.V11 };
        options?.Invoke(chosen);
        Client = new Lwm2mClient(chosen, new SeededRandom(1));
        for (int server = 1; server <= servers; server++)
            Client.AddServer("coap://127.0.0." + server + ":5683", server, lifetime);
        Client.Listener = Events;
        Client.UseTransport(Wire);
        setUp?.Invoke(Client);
    }

    public Lwm2mClient Client { get; }

    public WireTransport Wire { get; } = new();

    public RecordingListener Events { get; } = new();

    public long Now { get; private set; } = 1_000_000;

    /// <summary>The link that the last message went over.</summary>
    public int LastLink { get; private set; }

    public byte[] LastDatagram { get; private set; } = Array.Empty<byte>();

    /// <summary>Starts and registers: the state in which most tests begin.</summary>
    public Bed Registered(string location = "rd/5a3f")
    {
        Client.Start();
        Poll();
        for (int server = 0; server < Client.AccountCount; server++)
        {
            Next();
            Answer("ACK 2.01 location=" + location, LastLink);
        }

        Events.Lines.Clear();
        return this;
    }

    /// <summary>Lets the client do what is due now.</summary>
    public long Poll()
    {
        long due = Client.Poll(Now);
        while (Wire.ToComeUp.TryDequeue(out int link))
            Client.LinkUp(link, Now);
        return Math.Min(due, Client.Poll(Now));
    }

    /// <summary>Moves the clock, stopping at each moment at which the client wants to act.</summary>
    public void Advance(long milliseconds)
    {
        long until = Now + milliseconds;
        while (true)
        {
            long due = Poll();
            if (due > until)
                break;
            Now = Math.Max(due, Now + (due <= Now ? 1 : 0));
        }

        Now = until;
        Poll();
    }

    public void AdvanceSeconds(double seconds) => Advance((long)(seconds * 1000));

    /// <summary>The server sends this line; the client handles it and does what is due.</summary>
    public void Server(string line, int link = 0)
    {
        byte[] datagram = Trace.Build(line, _messageId++, new byte[] { 0xA5 });
        Receive(datagram, link);
    }

    public void Receive(byte[] datagram, int link = 0)
    {
        Client.Received(link, datagram, 0, datagram.Length, Now);
        Poll();
    }

    /// <summary>The server answers the client's last message, with its message id and token.</summary>
    public void Answer(string line, int link = 0) => Receive(Trace.Build(line, _lastMessageId, _lastToken), link);

    /// <summary>Number of the bootstrap server's link: the one behind those of the servers.</summary>
    public int BootstrapLink { get; } = Limits.Default().Servers;

    /// <summary>A command of the bootstrap server, and the client's answer to it.</summary>
    public string Command(string line)
    {
        Server(line, BootstrapLink);
        return Next();
    }

    /// <summary>A request of the server, and the client's answer to it.</summary>
    public string Ask(string line)
    {
        Server(line);
        return Next();
    }

    /// <summary>The next message of the client as text; <c>-</c> where there is none.</summary>
    public string Next(bool withIds = false)
    {
        if (!Wire.Sent.TryDequeue(out (int Link, byte[] Datagram) sent))
            return "-";
        LastDatagram = sent.Datagram;
        LastLink = sent.Link;
        if (_parsed.Parse(sent.Datagram, 0, sent.Datagram.Length) != CoapParseStatus.Ok)
            return "malformed " + Convert.ToHexString(sent.Datagram);
        _lastMessageId = _parsed.MessageId;
        _lastToken = sent.Datagram.AsSpan(_parsed.TokenOffset, _parsed.TokenLength).ToArray();
        return Trace.Render(_parsed, withIds);
    }

    /// <summary>All messages that the client has sent since, one a line.</summary>
    public List<string> All()
    {
        var all = new List<string>();
        for (string line = Next(); line != "-"; line = Next())
            all.Add(line);
        return all;
    }
}
