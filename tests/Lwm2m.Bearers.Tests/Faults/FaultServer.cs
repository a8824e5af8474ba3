using System;
using System.Collections.Generic;
using System.Text;
using Lwm2m.Coap;
using Lwm2m.Samples.ModemSimulator;

namespace Lwm2m.Bearers.Tests;

/// <summary>
/// A server in the network's process: takes registrations, and asks one thing at a time, each once. Nothing that it sends is repeated, so that what is lost
/// stays lost.
/// </summary>
internal sealed class FaultServer : IServerLink
{
    private readonly CoapMessage _message = new();
    private readonly CoapWriter _writer = new();
    private readonly byte[] _buffer = new byte[1500];
    private readonly Dictionary<uint, FaultRequest> _requests = [];
    private readonly Dictionary<int, byte[]> _answered = [];
    private int _messageId;
    private uint _token = 100;
    private int _location;

    /// <summary>The way back to the device.</summary>
    public Action<byte[]> Reply { get; set; } = _ => { };

    public bool IsRegistered { get; private set; }

    public int Registrations => _location;

    public int Updates { get; private set; }

    /// <summary>Messages that were none, and answers to nothing that was asked.</summary>
    public int Strange { get; private set; }

    public string StrangeText { get; private set; } = "";

    public int Notifications { get; private set; }

    /// <summary>The last notification's value.</summary>
    public string Notified { get; private set; } = "";

    public IEnumerable<FaultRequest> Requests => _requests.Values;

    public FaultRequest? Find(uint token) => _requests.GetValueOrDefault(token);

    /// <summary>Asks for something.</summary>
    public FaultRequest Ask(int code, string path, long nowMs, bool observes = false)
    {
        var request = new FaultRequest(++_token, code, nowMs);
        _requests.Add(request.Token, request);
        _writer.Begin(_buffer, 0, _buffer.Length);
        _writer.Header(CoapType.Confirmable, code, ++_messageId & 0xFFFF, BitConverter.GetBytes(request.Token), 0, 4);
        if (observes)
            _writer.EmptyOption(CoapOption.Observe);
        foreach (string segment in path.Split('/'))
            _writer.StringOption(CoapOption.UriPath, segment);
        if (code == CoapCode.Get)
            _writer.UintOption(CoapOption.Accept, 0);
        Send();
        return request;
    }

    public void Send(byte[] datagram)
    {
        if (_message.Parse(datagram, 0, datagram.Length) != CoapParseStatus.Ok)
        {
            TakeStrange(datagram);
            return;
        }

        if (_message.Code == CoapCode.Empty)
            return;
        if (_message.Code >= 0x40)
            TakeAnswer(datagram);
        else
            TakeRequest(datagram);
    }

    public void Dispose()
    {
    }

    private void TakeAnswer(byte[] datagram)
    {
        if (_message.Type == CoapType.Confirmable)
        {
            _writer.Begin(_buffer, 0, _buffer.Length);
            _writer.Empty(CoapType.Acknowledgement, _message.MessageId);
            Send();
        }

        if (_message.TokenLength != 4 || !_requests.TryGetValue(BitConverter.ToUInt32(datagram, _message.TokenOffset), out FaultRequest? request))
        {
            TakeStrange(datagram);
            return;
        }

        if (_message.Observe >= 0)
        {
            Notifications++;
            Notified = Encoding.ASCII.GetString(_message.PayloadBuffer, _message.PayloadOffset, _message.PayloadLength);
        }

        // Notifications carry the token of the answer.
        if (_message.Observe >= 0 && request.Answer != null)
            return;
        string answer = Convert.ToHexString(datagram);
        request.IsContradicted |= request.Answer != null && request.Answer != answer;
        request.Answer = answer;
        request.Code = _message.Code;
    }

    private void TakeStrange(byte[] datagram)
    {
        Strange++;
        StrangeText = Convert.ToHexString(datagram);
    }

    private void TakeRequest(byte[] datagram)
    {
        // What comes twice is answered with the same bytes (RFC 7252 4.2).
        if (_answered.TryGetValue(_message.MessageId, out byte[]? before))
        {
            Reply(before);
            return;
        }

        int code = CoapCode.Deleted;
        bool isRegister = _message.Code == CoapCode.Post && _message.PathCount == 1;
        if (isRegister)
        {
            code = CoapCode.Created;
            IsRegistered = true;
            _location++;
        }
        else if (_message.Code == CoapCode.Post)
        {
            code = IsRegistered && _message.PathNumber(1) == _location ? CoapCode.Changed : CoapCode.NotFound;
            Updates++;
        }

        _writer.Begin(_buffer, 0, _buffer.Length);
        bool isConfirmable = _message.Type == CoapType.Confirmable;
        _writer.Header(
            isConfirmable ? CoapType.Acknowledgement : CoapType.NonConfirmable, code, isConfirmable ? _message.MessageId : ++_messageId & 0xFFFF,
            datagram, _message.TokenOffset, _message.TokenLength);
        if (isRegister)
        {
            _writer.StringOption(CoapOption.LocationPath, "rd");
            _writer.StringOption(CoapOption.LocationPath, _location.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        _answered[_message.MessageId] = _buffer.AsSpan(0, _writer.Length).ToArray();
        Send();
    }

    private void Send() => Reply(_buffer.AsSpan(0, _writer.Length).ToArray());
}
