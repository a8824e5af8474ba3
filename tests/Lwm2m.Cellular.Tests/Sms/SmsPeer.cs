using System;
using System.Collections.Generic;
using System.Linq;
using Lwm2m.Coap;

namespace Lwm2m.Cellular.Tests.Sms;

/// <summary>The server behind the service centre: takes what the modem was given, and sends CoAP messages in as many parts as they need.</summary>
internal sealed class SmsPeer
{
    private readonly SmsBed _bed;
    private int _reference;

    public SmsPeer(SmsBed bed) => _bed = bed;

    /// <summary>Short messages sent, each part counted.</summary>
    public int Messages { get; private set; }

    /// <summary>The messages that the modem was given since the last call, put together.</summary>
    public List<byte[]> Take()
    {
        List<byte[]> messages = [];
        List<byte> parts = [];
        foreach (string note in _bed.Port.Notes().Where(note => note.StartsWith("00", StringComparison.Ordinal)))
        {
            Messages++;
            byte[] pdu = Convert.FromHexString(note);
            int userData = 3 + 2 + (pdu[3] + 1) / 2 + 2 + 1;
            if ((pdu[1] & 0x40) == 0)
            {
                messages.Add(pdu[userData..]);
                continue;
            }

            parts.AddRange(pdu[(userData + 6)..]);
            if (pdu[userData + 4] != pdu[userData + 5])
                continue;
            messages.Add(parts.ToArray());
            parts.Clear();
        }

        return messages;
    }

    public void Send(byte[] message, string from = SmsBed.Server)
    {
        foreach (byte[] pdu in Parts(message, from))
            _bed.Deliver(pdu);
    }

    public List<byte[]> Parts(byte[] message, string from = SmsBed.Server)
    {
        if (message.Length <= 140)
            return [Pdus.Deliver(from, [], message)];
        int count = (message.Length + 133) / 134;
        _reference++;
        return Enumerable.Range(0, count).Select(part => Pdus.Part(from, _reference, count, part + 1, message[(part * 134)..Math.Min(message.Length, (part + 1) * 134)])).ToList();
    }

    /// <summary>A response with the id and token of a request; options and payload in hexadecimal digits.</summary>
    public static byte[] Answer(byte[] request, int code, string rest = "")
    {
        int token = request[0] & 15;
        return [(byte)(0x60 | token), (byte)code, request[2], request[3], .. request[4..(4 + token)], .. Convert.FromHexString(rest)];
    }

    /// <summary>Takes a Register and answers it with the location /rd/1.</summary>
    public byte[] Register()
    {
        List<byte[]> messages = Take();
        if (messages.Count != 1 || messages[0][1] != CoapCode.Post)
            throw new InvalidOperationException(messages.Count + " messages instead of one Register.");
        Send(Answer(messages[0], CoapCode.Created, "8272640131"));
        Take();
        return messages[0];
    }
}
