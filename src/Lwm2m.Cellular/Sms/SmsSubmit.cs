using System;

namespace Lwm2m.Cellular;

/// <summary>Writes an SMS-SUBMIT with 8-bit data for <c>AT+CMGS</c> (3GPP 23.040 9.2.2.2): a whole message, or a part of one.</summary>
public sealed class SmsSubmit
{
    private const int Submit = 0x01;
    private const int RelativeValidity = 0x10;
    private const int HasHeader = 0x40;
    private const int EightBitData = 0x04;

    private readonly byte[] _serviceCentre = new byte[1 + SmsAddress.MaxBytes];
    private readonly int _serviceCentreLength;
    private readonly int _validity;
    private readonly int _ports;
    private readonly bool _hasPorts;
    private readonly bool _isWide;

    /// <summary>Makes a writer.</summary>
    /// <param name="options">Service centre, validity, ports and width of references.</param>
    /// <exception cref="ArgumentException">The service centre is no number.</exception>
    public SmsSubmit(SmsOptions options)
    {
        _validity = options.Validity;
        _isWide = options.WideReferences;
        _hasPorts = options.DestinationPort >= 0;
        _ports = options.DestinationPort << 16 | (options.SourcePort & 0xFFFF);
        _serviceCentreLength = 1;
        if (options.ServiceCentre.Length == 0)
            return;
        // Here the length is in octets, the type included (3GPP 27.005 3.1), and not in digits.
        int length = SmsAddress.Write(options.ServiceCentre, _serviceCentre, 0);
        if (length < 0 || _serviceCentre[1] == SmsAddress.Alphanumeric)
            throw new ArgumentException("SmsOptions.ServiceCentre: '" + options.ServiceCentre + "' is no telephone number.");
        _serviceCentre[0] = (byte)(length - 1);
        _serviceCentreLength = length;
    }

    /// <summary>Length of the TPDU that was written last, which <c>AT+CMGS</c> wants to know: without the service centre.</summary>
    public int TpduLength { get; private set; }

    /// <summary>Octets of data that one short message carries.</summary>
    /// <param name="isPart">True for the part of a longer message.</param>
    public int DataBytes(bool isPart)
    {
        int header = HeaderLength(isPart);
        return SmsPdu.MaxUserDataBytes - (header == 0 ? 0 : 1 + header);
    }

    /// <summary>Writes the octets of a PDU.</summary>
    /// <param name="to">Where; <see cref="SmsPdu.MaxBytes"/> must be free.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="destination">Holds the receiver's number in the form of <see cref="SmsAddress"/>.</param>
    /// <param name="destinationAt">Where that begins.</param>
    /// <param name="reference">Number that the parts of a message share; as many bits of it count as the options say.</param>
    /// <param name="parts">Of how many parts the message is, 1 to 255.</param>
    /// <param name="part">Which of them this is, from 1.</param>
    /// <param name="data">Holds the data.</param>
    /// <param name="offset">Its first octet.</param>
    /// <param name="count">Its length; at most <see cref="DataBytes"/>.</param>
    /// <returns>Octets written.</returns>
    public int Write(byte[] to, int at, byte[] destination, int destinationAt, int reference, int parts, int part, byte[] data, int offset, int count)
    {
        int begin = at;
        Array.Copy(_serviceCentre, 0, to, at, _serviceCentreLength);
        at += _serviceCentreLength;
        int tpdu = at;
        int header = HeaderLength(parts > 1);
        to[at++] = (byte)(Submit | (_validity < 0 ? 0 : RelativeValidity) | (header == 0 ? 0 : HasHeader));
        // TP-MR: the modem counts.
        to[at++] = 0;
        int length = SmsAddress.Length(destination, destinationAt);
        Array.Copy(destination, destinationAt, to, at, length);
        at += length;
        to[at++] = 0;
        to[at++] = EightBitData;
        if (_validity >= 0)
            to[at++] = (byte)_validity;
        to[at++] = (byte)(count + (header == 0 ? 0 : 1 + header));
        if (header != 0)
            at = WriteHeader(to, at, header, reference, parts, part);
        Array.Copy(data, offset, to, at, count);
        at += count;
        TpduLength = at - tpdu;
        return at - begin;
    }

    private int HeaderLength(bool isPart) => (_hasPorts ? 6 : 0) + (!isPart ? 0 : _isWide ? 6 : 5);

    private int WriteHeader(byte[] to, int at, int length, int reference, int parts, int part)
    {
        to[at++] = (byte)length;
        if (_hasPorts)
        {
            to[at++] = 0x05;
            to[at++] = 4;
            to[at++] = (byte)(_ports >> 24);
            to[at++] = (byte)(_ports >> 16);
            to[at++] = (byte)(_ports >> 8);
            to[at++] = (byte)_ports;
        }

        if (parts == 1)
            return at;
        to[at++] = (byte)(_isWide ? 0x08 : 0x00);
        to[at++] = (byte)(_isWide ? 4 : 3);
        if (_isWide)
            to[at++] = (byte)(reference >> 8);
        to[at++] = (byte)reference;
        to[at++] = (byte)parts;
        to[at++] = (byte)part;
        return at;
    }
}
