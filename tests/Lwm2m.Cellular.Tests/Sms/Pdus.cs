using System;
using System.Collections.Generic;

namespace Lwm2m.Cellular.Tests.Sms;

/// <summary>PDUs made by hand, with the tables of 3GPP 23.040 at the side and nothing of the library's reader.</summary>
internal static class Pdus
{
    public const string TimeStamp = "62111220510000";

    public static byte[] Submit(SmsOptions options, string number, byte[] data, int reference, int parts, int part, out int tpduLength)
    {
        SmsSubmit submit = new(options);
        byte[] address = new byte[SmsAddress.MaxBytes];
        SmsAddress.Write(number, address, 0);
        byte[] pdu = new byte[SmsPdu.MaxBytes];
        int length = submit.Write(pdu, 0, address, 0, reference, parts, part, data, 0, data.Length);
        tpduLength = submit.TpduLength;
        return pdu[..length];
    }

    /// <summary>The octets of a number: digits, type, and the digits in pairs.</summary>
    public static byte[] Address(string number)
    {
        bool whole = number[0] == '+';
        string digits = whole ? number[1..] : number;
        List<byte> octets = new() { (byte)digits.Length, (byte)(whole ? 0x91 : 0x81) };
        for (int i = 0; i < digits.Length; i += 2)
            octets.Add((byte)((i + 1 < digits.Length ? (digits[i + 1] - '0') << 4 : 0xF0) | (digits[i] - '0')));
        return octets.ToArray();
    }

    public static byte[] Deliver(string sender, byte[] header, byte[] data, int coding = 4, int protocol = 0, int first = 4, string timeStamp = TimeStamp)
    {
        List<byte> octets = new() { 0, (byte)(first | (header.Length > 0 ? 0x40 : 0)) };
        octets.AddRange(Address(sender));
        octets.Add((byte)protocol);
        octets.Add((byte)coding);
        octets.AddRange(Convert.FromHexString(timeStamp));
        octets.Add((byte)(header.Length + data.Length));
        octets.AddRange(header);
        octets.AddRange(data);
        return octets.ToArray();
    }

    public static byte[] Part(string sender, int reference, int parts, int part, byte[] data) =>
        Deliver(sender, new byte[] { 5, 0, 3, (byte)reference, (byte)parts, (byte)part }, data);
}
