using System;
using System.Collections.Generic;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Makes short messages of CoAP messages.</summary>
internal static class MessageSplitter
{
    // To port 2948 from port 49154: WAP push (LwM2M Core 1.1, appendix L).
    private static readonly byte[] s_wapPorts = [0x05, 0x04, 0x0b, 0x84, 0xc0, 0x02];

    // WSP: transaction 01, push 06, 3 octets of headers, content type C4, X-WAP-Application-ID (AF) lwm2m.dm (9A).
    private static readonly byte[] s_wapPush = [0x01, 0x06, 0x03, 0xc4, 0xaf, 0x9a];

    /// <summary>8-bit messages of one whole.</summary>
    /// <param name="data">CoAP message.</param>
    /// <param name="reference">Reference, should it need several parts.</param>
    /// <param name="wapPush">As a WAP push.</param>
    public static IEnumerable<(byte[] UserData, bool HasHeader)> Split(byte[] data, byte reference, bool wapPush)
    {
        byte[] ports = wapPush ? s_wapPorts : [];
        byte[] whole = wapPush ? [.. s_wapPush, .. data] : data;
        if (whole.Length <= (wapPush ? 133 : 140))
        {
            yield return wapPush ? ([(byte)ports.Length, .. ports, .. whole], true) : (whole, false);
            yield break;
        }
        int room = 140 - 6 - ports.Length;
        int total = (whole.Length + room - 1) / room;
        if (total > 255)
            throw new ArgumentException($"{data.Length} bytes need {total} short messages: 255 is the most.", nameof(data));
        for (int i = 0; i < total; i++)
        {
            byte[] part = whole[(i * room)..Math.Min(whole.Length, (i + 1) * room)];
            yield return ([(byte)(5 + ports.Length), .. ports, 0x00, 0x03, reference, (byte)total, (byte)(i + 1), .. part], true);
        }
    }
}
