using System;
using System.Buffers.Binary;

namespace Lwm2m.Transport.Contract;

/// <summary>
/// A secure session that protects nothing and checks everything: a handshake of one round trip, and around each message a sequence number
/// and a check value. What it sends is CoAP itself, so that it goes over each bearer. The same class is both ends.
/// </summary>
public sealed class TestSession : ISecureSession
{
    /// <summary>Header of the outer message and its marker, kind, sequence number, check value.</summary>
    public const int Overhead = 5 + 1 + 4 + 4;

    private const byte Hello = 1;
    private const byte Welcome = 2;
    private const byte Data = 3;
    private const int RepeatMs = 500;

    private readonly byte[] _out = new byte[70_000];
    private readonly bool _isClient;
    private ISessionLink? _link;
    private bool _isReady;
    private uint _sent;
    private uint _seen;
    private long _repeatMs = long.MaxValue;

    public TestSession(bool isClient) => _isClient = isClient;

    /// <summary>Messages that were no message of this session.</summary>
    public int Rejected { get; private set; }

    public int Ends { get; private set; }

    public int OverheadBytes => Overhead;

    public void Begin(ISessionLink link, long nowMs)
    {
        _link = link;
        if (_isClient)
            SayHello(nowMs);
    }

    public void Received(byte[] buffer, int offset, int count, long nowMs)
    {
        ReadOnlySpan<byte> message = buffer.AsSpan(offset, count);
        if (count < Overhead || message[1] != 2 || message[4] != 0xFF || BinaryPrimitives.ReadUInt32BigEndian(message[10..]) != Check(message))
        {
            Rejected++;
            return;
        }

        uint sequence = BinaryPrimitives.ReadUInt32BigEndian(message[6..]);
        byte kind = message[5];
        if (kind == Hello && !_isClient)
        {
            // The other end begins anew, and so does this one.
            _seen = sequence;
            Wrap(Welcome, default);
        }
        else if (kind == Welcome && _isClient)
        {
            _repeatMs = long.MaxValue;
            if (_isReady)
                return;
            _isReady = true;
            _link!.Ready();
        }
        else if (kind == Data && sequence > _seen)
        {
            _seen = sequence;
            _link!.Deliver(buffer, offset + Overhead, count - Overhead);
        }
        else
        {
            Rejected++;
        }
    }

    public bool Send(byte[] buffer, int offset, int count) => (_isReady || !_isClient) && Wrap(Data, buffer.AsSpan(offset, count));

    public long Poll(long nowMs)
    {
        if (nowMs >= _repeatMs)
            SayHello(nowMs);
        return _repeatMs;
    }

    public void End()
    {
        Ends++;
        _repeatMs = long.MaxValue;
    }

    private void SayHello(long nowMs)
    {
        Wrap(Hello, default);
        _repeatMs = nowMs + RepeatMs;
    }

    private bool Wrap(byte kind, ReadOnlySpan<byte> content)
    {
        Span<byte> message = _out.AsSpan(0, Overhead + content.Length);
        message[0] = 0x50;
        message[1] = 2;
        message[2] = message[3] = 0;
        message[4] = 0xFF;
        message[5] = kind;
        BinaryPrimitives.WriteUInt32BigEndian(message[6..], _sent + 1);
        content.CopyTo(message[Overhead..]);
        BinaryPrimitives.WriteUInt32BigEndian(message[10..], Check(message));
        if (!_link!.Transmit(_out, 0, message.Length))
            return false;
        _sent++;
        return true;
    }

    // FNV-1a over kind, sequence number and content.
    private static uint Check(ReadOnlySpan<byte> message)
    {
        uint hash = 2166136261;
        for (int i = 5; i < message.Length; i++)
        {
            if (i is < 10 or >= Overhead)
                hash = (hash ^ message[i]) * 16777619;
        }
        return hash;
    }
}
