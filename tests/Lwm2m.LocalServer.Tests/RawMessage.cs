using System;
using System.Collections.Generic;
using System.Text;
using Lwm2m.Coap;

namespace Lwm2m.Samples.Tests;

/// <summary>A message taken apart.</summary>
internal sealed class RawMessage
{
    public RawMessage(byte[] bytes)
    {
        var message = new CoapMessage();
        if (message.Parse(bytes, 0, bytes.Length) != CoapParseStatus.Ok)
            throw new InvalidOperationException("The server sent " + Convert.ToHexString(bytes));
        Bytes = bytes;
        Type = message.Type;
        Code = message.Code;
        MessageId = message.MessageId;
        Token = bytes[message.TokenOffset..(message.TokenOffset + message.TokenLength)];
        ContentFormat = message.ContentFormat;
        Accept = message.Accept;
        Observe = message.Observe;
        Block2 = message.Block2;
        Payload = bytes[message.PayloadOffset..(message.PayloadOffset + message.PayloadLength)];
        Path = Join(message.PathCount, message.PathSegment, '/');
        Location = Join(message.LocationCount, message.Location, '/');
        var query = new List<string>();
        for (int i = 0; i < message.QueryCount; i++)
        {
            int offset = message.Query(i, out int length);
            query.Add(Encoding.UTF8.GetString(bytes, offset, length));
        }
        Query = query.ToArray();

        string Join(int count, Segment segment, char separator)
        {
            var text = new StringBuilder();
            for (int i = 0; i < count; i++)
            {
                int offset = segment(i, out int length);
                text.Append(separator).Append(Encoding.UTF8.GetString(bytes, offset, length));
            }
            return text.ToString();
        }
    }

    private delegate int Segment(int index, out int length);

    public byte[] Bytes { get; }

    public CoapType Type { get; }

    public int Code { get; }

    public int MessageId { get; }

    public byte[] Token { get; }

    public string Path { get; }

    public string Location { get; }

    public string[] Query { get; }

    public int ContentFormat { get; }

    public int Accept { get; }

    public int Observe { get; }

    public int Block2 { get; }

    public byte[] Payload { get; }

    public string Text => Encoding.UTF8.GetString(Payload);
}
