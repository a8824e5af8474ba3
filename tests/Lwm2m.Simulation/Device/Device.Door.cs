using System;
using System.Collections.Generic;
using System.Text;
using Lwm2m.Coap;

namespace Lwm2m.Simulation;

// The door of the device: what a server was told is what must survive.
internal sealed partial class Device
{
    private readonly CoapMessage _request = new();
    private readonly HashSet<(int Link, int MessageId, string Token)> _answered = new();
    private int _requestLink = -1;
    private bool _changed;

    /// <summary>A server's request changed something.</summary>
    public void Changed() => _changed = true;

    /// <summary>Whether the request at hand carries this number: an engine that takes a Write back writes an older one.</summary>
    public bool IsAsked(long number)
    {
        if (_requestLink < 0)
            return false;
        ReadOnlySpan<byte> payload = _request.PayloadBuffer.AsSpan(_request.PayloadOffset, _request.PayloadLength);
        if (long.TryParse(payload, out long text))
            return text == number;
        return payload.Length >= 4 && System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(payload[^4..]) == number;
    }

    private void EnterDoor(int link, byte[] datagram)
    {
        _requestLink = -1;
        _changed = false;
        if (_request.Parse(datagram, 0, datagram.Length) == CoapParseStatus.Ok && CoapCode.Class(_request.Code) == 0 && _request.Code != 0)
            _requestLink = link;
    }

    // The answer to the request that just came in. A repetition of an old answer says nothing new.
    private void LeaveDoor(int link, CoapMessage answer)
    {
        if (_requestLink != link || answer.Type != CoapType.Acknowledgement || answer.MessageId != _request.MessageId || !CoapCode.IsSuccess(answer.Code))
            return;
        _requestLink = -1;
        bool isNew = _answered.Add((link, answer.MessageId, Convert.ToHexString(answer.Buffer, answer.TokenOffset, answer.TokenLength)));
        int objectId = Number(_request, 0);
        if (link == _scenario.Servers)
        {
            // What a bootstrap server writes counts when it finished.
            if (_request.Code == CoapCode.Post)
                Ledger.Acknowledged(-1);
        }
        else if (_changed)
            Ledger.Acknowledged(objectId);
        else if (isNew && _request.Code == CoapCode.Put && _request.QueryCount > 0 && link < _scenario.Servers)
            KeepAttributes(link);
    }

    private void KeepAttributes(int link)
    {
        var path = new StringBuilder();
        for (int index = 0; index < _request.PathCount; index++)
            path.Append('/').Append(Number(_request, index));
        for (int index = 0; index < _request.QueryCount; index++)
        {
            int at = _request.Query(index, out int length);
            string[] query = Encoding.UTF8.GetString(_request.Buffer, at, length).Split('=');
            Ledger.Attributes[(Client.Account(link).ShortServerId, path.ToString(), query[0])] = query[1];
        }
    }

    // What was under way when the power went may have been stored or not.
    private void ForgetAttributesUnderWay()
    {
        if (_requestLink < 0 || _request.QueryCount == 0 || _requestLink >= Client.AccountCount)
            return;
        int server = Client.Account(_requestLink).ShortServerId;
        foreach ((int Server, string Path, string Name) key in new List<(int, string, string)>(Ledger.Attributes.Keys))
            if (key.Server == server)
                Ledger.Attributes.Remove(key);
    }

    private static int Number(CoapMessage message, int index)
    {
        if (index >= message.PathCount)
            return -1;
        int at = message.PathSegment(index, out int length);
        return int.TryParse(message.Buffer.AsSpan(at, length), out int number) ? number : -1;
    }
}
