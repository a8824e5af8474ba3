using System;
using System.Buffers.Binary;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>
/// The server's side of very many reads, byte by byte: one socket on loopback, a client that registers, and <c>GET /3/0/0</c> with a fixed number of
/// requests in flight. Message ids count up, so that each comes again only 65,536 requests later; tokens never come again, so that an answer
/// to an earlier request with the same message id would be noticed.
/// </summary>
internal sealed class ReadLoad : IDisposable
{
    private const int InFlight = 16;
    private const int ResendAfterMs = 1000;
    private const int GiveUpAfterMs = 60_000;
    private const byte Confirmable = 0x40;
    private const byte Acknowledgement = 0x60;
    private const byte Post = 0x02;
    private const byte Delete = 0x04;
    private const byte Content = 0x45;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = ResendAfterMs };
    private readonly byte[] _received = new byte[2048];
    private readonly byte[] _request = new byte[14];
    private readonly byte[] _expected;
    private readonly SocketAddress _from = new(AddressFamily.InterNetwork);
    private readonly SocketAddress _client = new(AddressFamily.InterNetwork);

    // By place in flight: the number of the request (0: free), when it was first sent and when last.
    private readonly uint[] _number = new uint[InFlight];
    private readonly long[] _askedMs = new long[InFlight];
    private readonly long[] _sentMs = new long[InFlight];
    private uint _lastNumber;

    /// <param name="manufacturer">What each read must return.</param>
    public ReadLoad(string manufacturer)
    {
        _expected = Encoding.UTF8.GetBytes(manufacturer);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public string Uri => $"coap://{_socket.LocalEndPoint}";

    /// <summary>Requests answered.</summary>
    public long Answered { get; private set; }

    /// <summary>Requests sent again because no answer had come within a second.</summary>
    public long Resent { get; private set; }

    /// <summary>Answers that came a second time.</summary>
    public long Repeated { get; private set; }

    /// <summary>Waits for a Register and answers it.</summary>
    public void AcceptRegistration()
    {
        int count = ReceiveRequest(Post);
        _from.Buffer.CopyTo(_client.Buffer);
        // 2.01, Location-Path "rd" and "1".
        Answer(count, 0x41, [0x82, (byte)'r', (byte)'d', 0x01, (byte)'1']);
    }

    /// <summary>Waits for a De-register and answers it.</summary>
    public void AcceptDeregistration() => Answer(ReceiveRequest(Delete), 0x42, []);

    /// <summary>Sends so many requests, waits for the answers, and fails on a wrong one and on one that never comes.</summary>
    public void Run(int requests)
    {
        uint last = _lastNumber + (uint)requests;
        for (int place = 0; place < InFlight; place++)
            AskNext(place, last);
        int received = 0;
        while (_number.Any(number => number != 0))
        {
            int count = Receive();
            if (count > 0)
                TakeAnswer(_received.AsSpan(0, count), last);
            if (count == 0 || ++received % 1024 == 0)
                ResendLate();
        }
    }

    public void Dispose() => _socket.Dispose();

    private void TakeAnswer(ReadOnlySpan<byte> answer, uint last)
    {
        Assert.That(answer.Length, Is.GreaterThan(8), "every answer has a header, a token and a value");
        uint token = BinaryPrimitives.ReadUInt32BigEndian(answer[4..]);
        int place = (int)(token % InFlight);
        if (_number[place] == 0 || TokenOf(place) != token)
        {
            // A late one to a request that was sent again is in order; one from before the message ids wrapped is not.
            Assert.That(_lastNumber - (long)(token / InFlight), Is.InRange(0, 60_000), "an answer to a request of long ago");
            Repeated++;
            return;
        }

        if (answer[0] != (Acknowledgement | 4) || answer[1] != Content || BinaryPrimitives.ReadUInt16BigEndian(answer[2..]) != (ushort)_number[place] ||
            !answer.EndsWith(_expected))
            Assert.Fail($"request {_number[place]} got {Convert.ToHexString(answer)}");
        Answered++;
        AskNext(place, last);
    }

    private void AskNext(int place, uint last)
    {
        _number[place] = _lastNumber == last ? 0 : ++_lastNumber;
        if (_number[place] == 0)
            return;
        _askedMs[place] = Environment.TickCount64;
        Send(place);
    }

    private void ResendLate()
    {
        long now = Environment.TickCount64;
        for (int place = 0; place < InFlight; place++)
        {
            if (_number[place] == 0 || now - _sentMs[place] < ResendAfterMs)
                continue;
            Assert.That(now - _askedMs[place], Is.LessThan(GiveUpAfterMs), $"request {_number[place]} was never answered");
            Resent++;
            Send(place);
        }
    }

    private void Send(int place)
    {
        _request[0] = Confirmable | 4;
        _request[1] = 0x01;
        BinaryPrimitives.WriteUInt16BigEndian(_request.AsSpan(2), (ushort)_number[place]);
        BinaryPrimitives.WriteUInt32BigEndian(_request.AsSpan(4), TokenOf(place));
        // Uri-Path "3", "0", "0".
        ReadOnlySpan<byte> path = [0xB1, (byte)'3', 0x01, (byte)'0', 0x01, (byte)'0'];
        path.CopyTo(_request.AsSpan(8));
        _sentMs[place] = Environment.TickCount64;
        _socket.SendTo(_request, SocketFlags.None, _client);
    }

    private uint TokenOf(int place) => _number[place] * InFlight + (uint)place;

    /// <summary>Receives a request of this code; everything else is passed over.</summary>
    private int ReceiveRequest(byte code)
    {
        long start = Environment.TickCount64;
        while (Environment.TickCount64 - start < GiveUpAfterMs)
        {
            int count = Receive();
            if (count >= 4 && (_received[0] & 0xF0) == Confirmable && _received[1] == code)
                return count;
        }

        throw new AssertionException($"No request with code {code} came.");
    }

    private void Answer(int count, byte code, ReadOnlySpan<byte> options)
    {
        int head = 4 + (_received[0] & 0x0F);
        Assert.That(count, Is.GreaterThanOrEqualTo(head));
        _received[0] = (byte)(Acknowledgement | (_received[0] & 0x0F));
        _received[1] = code;
        options.CopyTo(_received.AsSpan(head));
        _socket.SendTo(_received.AsSpan(0, head + options.Length), SocketFlags.None, _from);
    }

    /// <summary>The length of a datagram; 0 if none came for a while.</summary>
    private int Receive()
    {
        try
        {
            return _socket.ReceiveFrom(_received, SocketFlags.None, _from);
        }
        catch (SocketException problem) when (problem.SocketErrorCode == SocketError.TimedOut)
        {
            return 0;
        }
    }
}
