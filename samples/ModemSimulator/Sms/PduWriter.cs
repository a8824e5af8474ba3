using System;
using System.Collections.Generic;
using System.Globalization;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Writes the PDU of an SMS-DELIVER (3GPP 23.040).</summary>
internal static class PduWriter
{
    /// <summary>Service centre and TPDU.</summary>
    /// <param name="message">What is delivered.</param>
    /// <param name="serviceCentre">Its number; empty: one octet 00 in its place.</param>
    /// <param name="tpduLength">Octets without the service centre.</param>
    public static string Deliver(ShortMessage message, string serviceCentre, out int tpduLength)
    {
        var pdu = new List<byte>();
        if (serviceCentre.Length == 0)
        {
            pdu.Add(0);
        }
        else
        {
            string digits = PhoneNumber.Normalise(serviceCentre);
            pdu.Add((byte)(1 + ((digits.Length + 1) / 2)));
            pdu.Add(TypeOf(serviceCentre));
            Semioctets(pdu, digits);
        }
        int tpdu = pdu.Count;
        pdu.Add((byte)(0x04 | (message.HasHeader ? 0x40 : 0)));
        string sender = PhoneNumber.Normalise(message.From);
        pdu.Add((byte)sender.Length);
        pdu.Add(TypeOf(message.From));
        Semioctets(pdu, sender);
        pdu.Add(message.ProtocolId);
        pdu.Add(message.DataCoding);
        Semioctets(pdu, message.Time.UtcDateTime.ToString("yyMMddHHmmss", CultureInfo.InvariantCulture) + "00");
        pdu.Add((byte)message.UserDataLength);
        pdu.AddRange(message.UserData);
        tpduLength = pdu.Count - tpdu;
        return Convert.ToHexString(pdu.ToArray());
    }

    private static byte TypeOf(string number) => number.StartsWith('+') ? (byte)0x91 : (byte)0x81;

    private static void Semioctets(List<byte> pdu, string digits)
    {
        for (int i = 0; i < digits.Length; i += 2)
        {
            int low = digits[i] - '0';
            int high = i + 1 < digits.Length ? digits[i + 1] - '0' : 15;
            pdu.Add((byte)((high << 4) | low));
        }
    }
}
