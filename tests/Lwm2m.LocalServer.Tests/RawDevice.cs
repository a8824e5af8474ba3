using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Samples.Tests;

/// <summary>A client made by hand: sends and takes single CoAP messages.</summary>
internal sealed class RawDevice : IDisposable
{
    private readonly Socket _socket;
    private int _messageId = 100;

    public RawDevice(LocalServer server)
    {
        _socket = new Socket(server.EndPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 };
        _socket.Connect(server.EndPoint);
    }

    public IPEndPoint Address => (IPEndPoint)_socket.LocalEndPoint!;

    public bool HasMessage => _socket.Available > 0;

    public void SendBytes(byte[] datagram) => _socket.Send(datagram);

    public byte[] ReceiveBytes()
    {
        var buffer = new byte[2000];
        return buffer[.._socket.Receive(buffer)];
    }

    public RawMessage Receive() => new(ReceiveBytes());

    public int NextId() => _messageId++;

    public byte[] Request(int code, string path, string[]? query = null, int contentFormat = -1, string? payload = null, int accept = -1) =>
        Request(code, path, query, contentFormat, Encoding.UTF8.GetBytes(payload ?? ""), accept);

    public byte[] Request(int code, string path, string[]? query, int contentFormat, byte[] payload, int accept = -1)
    {
        var buffer = new byte[1500];
        var writer = new CoapWriter();
        writer.Begin(buffer, 0, buffer.Length);
        writer.Header(CoapType.Confirmable, code, NextId(), [0xab, 0xcd], 0, 2);
        foreach (string segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            writer.StringOption(CoapOption.UriPath, segment);
        if (contentFormat >= 0)
            writer.UintOption(CoapOption.ContentFormat, contentFormat);
        foreach (string parameter in query ?? [])
            writer.StringOption(CoapOption.UriQuery, parameter);
        if (accept >= 0)
            writer.UintOption(CoapOption.Accept, accept);
        writer.Payload(payload, 0, payload.Length);
        return buffer[..writer.Length];
    }

    public RawMessage Ask(int code, string path, string[]? query = null, int contentFormat = -1, string? payload = null, int accept = -1)
    {
        SendBytes(Request(code, path, query, contentFormat, payload, accept));
        return Receive();
    }

    public RawMessage Ask(int code, string path, int contentFormat, byte[] payload)
    {
        SendBytes(Request(code, path, null, contentFormat, payload));
        return Receive();
    }

    public string Register(string endpoint = "abc", string links = "</1/0>,</3/0>", params string[] more)
    {
        RawMessage answer = Ask(CoapCode.Post, "/rd", ["ep=" + endpoint, "lt=300", "lwm2m=1.1", .. more], ContentFormat.LinkFormat, links);
        return answer.Code == CoapCode.Created ? answer.Location : throw new InvalidOperationException(Answer.TextOf(answer.Code));
    }

    /// <summary>A piggybacked response.</summary>
    public void Respond(RawMessage request, int code, int contentFormat = -1, byte[]? payload = null, int observe = -1, int block2 = -1, string? location = null) =>
        Send(CoapType.Acknowledgement, code, request.MessageId, request.Token, contentFormat, payload, observe, block2, location);

    public void Send(
        CoapType type,
        int code,
        int messageId,
        byte[] token,
        int contentFormat = -1,
        byte[]? payload = null,
        int observe = -1,
        int block2 = -1,
        string? location = null)
    {
        var buffer = new byte[1500];
        var writer = new CoapWriter();
        writer.Begin(buffer, 0, buffer.Length);
        writer.Header(type, code, messageId, token, 0, token.Length);
        if (observe >= 0)
            writer.UintOption(CoapOption.Observe, observe);
        foreach (string segment in (location ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries))
            writer.StringOption(CoapOption.LocationPath, segment);
        if (contentFormat >= 0)
            writer.UintOption(CoapOption.ContentFormat, contentFormat);
        if (block2 >= 0)
            writer.UintOption(CoapOption.Block2, block2);
        writer.Payload(payload ?? [], 0, payload?.Length ?? 0);
        SendBytes(buffer[..writer.Length]);
    }

    public void Dispose() => _socket.Dispose();
}
