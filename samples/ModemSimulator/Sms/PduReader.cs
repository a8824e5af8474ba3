using System;
using System.Text;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Reads the PDU of an SMS-SUBMIT (3GPP 23.040).</summary>
internal sealed class PduReader
{
    private readonly byte[] _pdu;
    private int _at;

    private PduReader(byte[] pdu) => _pdu = pdu;

    /// <summary>Takes what follows the prompt of +CMGS.</summary>
    /// <param name="hex">Service centre and TPDU as hexadecimal digits.</param>
    /// <param name="tpduLength">Octets of the TPDU, as announced in the command.</param>
    /// <param name="from">Number of the device that sends.</param>
    /// <returns>The message; null when the PDU is not one (+CMS ERROR: 304).</returns>
    public static ShortMessage? ReadSubmit(string hex, int tpduLength, string from)
    {
        if (hex.Length % 2 != 0 || !Hex.Is(hex))
            return null;
        try
        {
            return new PduReader(Convert.FromHexString(hex)).Submit(tpduLength, from);
        }
        catch (IndexOutOfRangeException)
        {
            return null;
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private ShortMessage? Submit(int tpduLength, string from)
    {
        _at = 1 + _pdu[0];
        if (_pdu.Length - _at != tpduLength)
            return null;
        int first = _pdu[_at++];
        if ((first & 3) != 1)
            return null;
        _at++; // TP-MR: the modem fills it.
        string? to = Address();
        if (to == null)
            return null;
        byte protocol = _pdu[_at++], coding = _pdu[_at++];
        _at += ((first >> 3) & 3) switch { 0 => 0, 2 => 1, _ => 7 };
        int length = _pdu[_at++];
        var message = new ShortMessage
        {
            From = from,
            To = to,
            ProtocolId = protocol,
            DataCoding = coding,
            HasHeader = (first & 0x40) != 0,
            UserData = _pdu[_at..],
            UserDataLength = length,
        };
        int octets = message.IsSevenBit ? ((length * 7) + 7) / 8 : length;
        if (message.UserData.Length != octets || octets > 140)
            return null;
        return message.HasHeader && (octets == 0 || message.UserData[0] >= octets) ? null : message;
    }

    private string? Address()
    {
        int digits = _pdu[_at++];
        int type = _pdu[_at++];
        if (digits is 0 or > 20)
            return null;
        var text = new StringBuilder((type & 0x70) == 0x10 ? "+" : "");
        for (int i = 0; i < digits; i++)
        {
            int octet = _pdu[_at + (i / 2)];
            int digit = i % 2 == 0 ? octet & 15 : octet >> 4;
            if (digit > 9)
                return null;
            text.Append((char)('0' + digit));
        }
        _at += (digits + 1) / 2;
        return text.ToString();
    }
}
