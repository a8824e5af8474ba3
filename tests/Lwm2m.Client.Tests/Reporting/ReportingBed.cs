using System;
using System.Collections.Generic;
using System.Text;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Reporting;

/// <summary>
/// The two tables of reporting on a virtual clock that starts at 0 s, with a fake engine. Time moves only in <see cref="To"/>, and the
/// table is polled at no other moments than those it named itself, and after each action.
/// </summary>
internal sealed class ReportingBed
{
    private readonly Numbers _numbers = new();
    private readonly AttributeSet _set = new();
    private long _due = long.MaxValue;

    public ReportingBed(int observations = 8, int attributes = 8, int servers = 4, bool bothWays = false, int sampleBytes = 200)
    {
        Host = new FakeHost(attributes);
        Table = new ObservationTable(observations, servers, Host, bothWays, new AttributeSet(), sampleBytes);
        Host.Table = Table;
    }

    public FakeHost Host { get; }

    public ObservationTable Table { get; }

    public long NowMs { get; private set; }

    public AttributeSet Parse(string query)
    {
        _set.Clear();
        foreach (string option in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(option);
            Outcome outcome = _set.ParseQuery(_numbers, bytes, 0, bytes.Length);
            if (outcome != Outcome.Ok)
                throw new ArgumentException(option + ": " + outcome);
        }

        return _set;
    }

    /// <summary>An Observe with a token of one byte; answers the slot, or -1.</summary>
    public int Observe(string path, string? query = null, int server = 0, int token = 1, bool? single = null)
    {
        long packed = Paths.Pack(path);
        AttributeSet? own = query == null ? null : Parse(query);
        byte[] bytes = { (byte)token };
        int slot = Table.Observe(server, bytes, 0, 1, packed, single ?? ObservedPath.Level(packed) >= 3, 112, 0, own, NowMs);
        if (slot >= 0)
            Table.NextSequence(slot);
        Poll();
        return slot;
    }

    public Outcome Attach(string path, string query, int server = 0, DataType type = DataType.Float)
    {
        long packed = Paths.Pack(path);
        Outcome outcome = Host.Attributes.Write(server, Paths.Id(packed, 0), Paths.Id(packed, 1), Paths.Id(packed, 2), Paths.Id(packed, 3), Parse(query), type);
        if (outcome == Outcome.Ok)
            Table.AttributesChanged(server, packed);
        Poll();
        return outcome;
    }

    /// <summary>Changes a value without telling.</summary>
    public void Quietly(string path, double value) => Host.Values[Paths.Pack(path)] = value;

    /// <summary>Changes a value and tells.</summary>
    public void Set(string path, double value)
    {
        Quietly(path, value);
        Changed(path);
    }

    public void Changed(string path)
    {
        long packed = Paths.Pack(path);
        Table.Changed(Paths.Id(packed, 0), Paths.Id(packed, 1), Paths.Id(packed, 2), Paths.Id(packed, 3));
        Poll();
    }

    public void Acknowledge(int server = 0)
    {
        if (Host.Busy.Remove(server))
            Table.Acknowledged(Host.LastConfirmable[server], server);
        Table.Heard(server);
        Ready(server);
    }

    /// <summary>The CON that is out was not acknowledged in time.</summary>
    public void TimeOut(int server = 0)
    {
        Host.Busy.Remove(server);
        Table.Unacknowledged(Host.LastConfirmable[server], server, true, NowMs);
        Poll();
    }

    /// <summary>Something comes from this server.</summary>
    public void Hear(int server = 0)
    {
        Table.Heard(server);
        Poll();
    }

    public void Ready(int server = 0)
    {
        Table.Ready(server);
        Poll();
    }

    /// <summary>Lets time pass up to this second.</summary>
    public void To(double seconds)
    {
        long until = (long)(seconds * 1000);
        for (int steps = 0; _due <= until; steps++)
        {
            if (steps > 100_000)
                throw new InvalidOperationException("The table is never done.");
            NowMs = Math.Max(NowMs, _due);
            Poll();
        }

        NowMs = until;
    }

    public void Poll() => _due = Table.Poll(NowMs);

    /// <summary>When the table wants to be polled again, in seconds; -1 for never.</summary>
    public double DueSeconds => _due == long.MaxValue ? -1 : _due / 1000.0;

    /// <summary>What was sent since the last call.</summary>
    public string[] Sent()
    {
        string[] lines = Host.Sent.ToArray();
        Host.Sent.Clear();
        return lines;
    }
}
