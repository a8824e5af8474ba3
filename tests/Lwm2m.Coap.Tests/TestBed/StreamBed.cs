using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>One stream, a clock that stands until it is moved, and a peer that the test plays in bytes.</summary>
internal sealed class StreamBed : ICoapStreamOutput, ICoapStreamHandler
{
    private readonly List<byte> _written = new();
    private readonly Queue<string> _told = new();

    public StreamBed(int maxMessageBytes = 1152, bool started = true)
    {
        Stream = new CoapStream(maxMessageBytes, this, this);
        if (!started) return;
        Stream.Start(0);
        PeerSends("00 e1");
        _written.Clear();
        _told.Clear();
    }

    public CoapStream Stream { get; }

    public long Now { get; private set; }

    /// <summary>Largest write that the connection takes; 0 for none at all.</summary>
    public int Takes { get; set; } = int.MaxValue;

    public int Writes { get; private set; }

    /// <summary>What to do with a message instead of noting it.</summary>
    public Action<byte[]>? Message { get; set; }

    public bool Write(byte[] buffer, int offset, int count)
    {
        if (count > Takes) return false;
        Writes++;
        for (int i = 0; i < count; i++) _written.Add(buffer[offset + i]);
        return true;
    }

    public void OnMessage(byte[] buffer, int offset, int count, long nowMs)
    {
        byte[] datagram = buffer[offset..(offset + count)];
        if (Message != null) Message(datagram);
        else _told.Enqueue(Wire.Decode(datagram).ToString());
    }

    public void OnTooLarge(byte[] buffer, int offset, int count, long nowMs) =>
        _told.Enqueue("too large: " + Wire.Decode(buffer[offset..(offset + count)]));

    public void OnSettings(long nowMs) =>
        _told.Enqueue("settings " + Stream.PeerMaxMessageBytes + (Stream.PeerTakesBlocks ? " blocks" : ""));

    public void OnRelease(int holdOffSeconds, long nowMs) => _told.Enqueue("release " + holdOffSeconds);

    public void OnFailed(CoapStreamFailure reason, long nowMs) => _told.Enqueue("failed " + reason);

    public void PeerSends(string hex) => PeerSends(Frame.Hex(hex));

    public void PeerSends(byte[] bytes) => Stream.Received(bytes, 0, bytes.Length, Now);

    /// <summary>Everything written since the last look.</summary>
    public string Written()
    {
        string hex = Wire.Hex(_written.ToArray());
        _written.Clear();
        return hex;
    }

    public void Wrote(string hex) => Assert.That(Written(), Is.EqualTo(Wire.Hex(Frame.Hex(hex))));

    public void Tells(string expected)
    {
        Assert.That(_told, Is.Not.Empty, "expected to be told: " + expected);
        Assert.That(_told.Dequeue(), Is.EqualTo(expected));
    }

    public void TellsNothing()
    {
        if (_told.Count > 0) Assert.Fail("told: " + _told.Dequeue());
    }

    /// <summary>All that was told, a line each.</summary>
    public string Told()
    {
        string text = string.Join('\n', _told);
        _told.Clear();
        return text;
    }

    public bool Sends(string text)
    {
        byte[] datagram = Wire.Datagram(text);
        return Stream.Send(datagram, 0, datagram.Length);
    }

    public long Passes(long milliseconds)
    {
        Now += milliseconds;
        return Stream.Poll(Now);
    }
}
