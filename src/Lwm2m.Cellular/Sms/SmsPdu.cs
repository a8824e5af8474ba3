namespace Lwm2m.Cellular;

/// <summary>
/// An SMS-DELIVER as a modem hands it over in PDU mode: the number of the service centre, then the TPDU (3GPP 27.005 3.1, 23.040 9.2.2.1).
/// A view: it points into the buffer that was read, and is pointed anew by each <see cref="Read"/>.
/// </summary>
public sealed class SmsPdu
{
    /// <summary>Most octets of user data, its header included (3GPP 23.040 9.2.3.16).</summary>
    public const int MaxUserDataBytes = 140;

    /// <summary>Most octets of a PDU in either direction, the number of the service centre included.</summary>
    public const int MaxBytes = SmsAddress.MaxBytes + 164;

    private const int TypeMask = 0x03;
    private const int Submit = 0x01;
    private const int StatusReport = 0x02;
    private const int HasHeader = 0x40;
    private const int SimDataDownload = 0x7F;
    private const int TimeStampBytes = 7;

    private const int Concatenated = 0x00;
    private const int Ports8 = 0x04;
    private const int Ports16 = 0x05;
    private const int Concatenated16 = 0x08;

    // A reference of 8 bits is not the same as one of 16 bits with the same value.
    private const int Wide = 0x10000;

    /// <summary>Index of the sender's address in the form of <see cref="SmsAddress"/>.</summary>
    public int SenderOffset { get; private set; }

    /// <summary>TP-PID: 0 for an ordinary message.</summary>
    public int ProtocolId { get; private set; }

    /// <summary>TP-DCS: how the data is coded (3GPP 23.038 4).</summary>
    public int DataCoding { get; private set; }

    /// <summary>Index of the seven octets that tell when the service centre took the message.</summary>
    public int TimeStampOffset { get; private set; }

    /// <summary>Index of the data behind the header.</summary>
    public int DataOffset { get; private set; }

    /// <summary>Octets of data, 0 to 140.</summary>
    public int DataLength { get; private set; }

    /// <summary>Number that the parts of one message share; one of 16 bits has bit 16 set. Means something where <see cref="Parts"/> is over 1.</summary>
    public int Reference { get; private set; }

    /// <summary>Of how many parts the message is, 1 to 255.</summary>
    public int Parts { get; private set; }

    /// <summary>Which of them this is, from 1.</summary>
    public int Part { get; private set; }

    /// <summary>The application port that it goes to; -1 for none.</summary>
    public int DestinationPort { get; private set; }

    /// <summary>The application port that it comes from; -1 for none.</summary>
    public int SourcePort { get; private set; }

    /// <summary>Reads a PDU. What comes over the air cannot make it throw.</summary>
    /// <param name="buffer">Holds its octets, not their hexadecimal digits.</param>
    /// <param name="offset">The first one: the length of the service centre's number.</param>
    /// <param name="count">How many there are; what follows the user data is passed over.</param>
    /// <returns>What it is. Only with <see cref="SmsStatus.Ok"/> the properties mean something; with <see cref="SmsStatus.Text"/> and
    /// <see cref="SmsStatus.ForSmartcard"/> the sender does.</returns>
    public SmsStatus Read(byte[] buffer, int offset, int count)
    {
        int end = offset + count;
        if (count < 2 || buffer[offset] > SmsAddress.MaxBytes)
            return SmsStatus.Malformed;
        int at = offset + 1 + buffer[offset];
        if (at >= end)
            return SmsStatus.Malformed;
        int first = buffer[at++];
        // The type 3 is reserved, and to be taken as an SMS-DELIVER (3GPP 23.040 9.2.3.1).
        if ((first & TypeMask) is Submit or StatusReport)
            return SmsStatus.NotDeliver;
        SenderOffset = at;
        if (end - at < 2 || buffer[at] > 20)
            return SmsStatus.Malformed;
        at += SmsAddress.Length(buffer, at);
        if (end - at < 2 + TimeStampBytes + 1)
            return SmsStatus.Malformed;
        ProtocolId = buffer[at];
        DataCoding = buffer[at + 1];
        TimeStampOffset = at + 2;
        at += 2 + TimeStampBytes;
        int length = buffer[at++];
        if (!IsBinary(DataCoding))
            return SmsStatus.Text;
        if (length > MaxUserDataBytes || length > end - at)
            return SmsStatus.Malformed;
        return ReadUserData(buffer, at, at + length, (first & HasHeader) != 0);
    }

    /// <summary>8-bit data (3GPP 23.038 4): in the general groups by bits 3 and 2, in the group of message classes by bit 2.</summary>
    private static bool IsBinary(int coding)
    {
        int group = coding >> 4;
        if (group == 15)
            return (coding & 4) != 0;
        const int IsCompressed = 0x20;
        return group < 8 && (coding & 0x0C) == 4 && (coding & IsCompressed) == 0;
    }

    private SmsStatus ReadUserData(byte[] buffer, int at, int end, bool hasHeader)
    {
        Reference = 0;
        Parts = 1;
        Part = 1;
        DestinationPort = -1;
        SourcePort = -1;
        bool isForSmartcard = ProtocolId == SimDataDownload;
        if (hasHeader)
        {
            if (at >= end || buffer[at] >= end - at)
                return SmsStatus.Malformed;
            int headerEnd = at + 1 + buffer[at];
            at++;
            while (at < headerEnd)
            {
                if (headerEnd - at < 2 || buffer[at + 1] > headerEnd - at - 2)
                    return SmsStatus.Malformed;
                int element = buffer[at];
                if (element >= 0x70 && element < 0x80)
                    isForSmartcard = true;
                TakeElement(buffer, element, at + 2, buffer[at + 1]);
                at += 2 + buffer[at + 1];
            }
        }

        DataOffset = at;
        DataLength = end - at;
        return isForSmartcard ? SmsStatus.ForSmartcard : SmsStatus.Ok;
    }

    // An element of another length is not the one that it seems to be; the last of several is the one that counts (3GPP 23.040 9.2.3.24).
    private void TakeElement(byte[] buffer, int element, int at, int length)
    {
        if (element == Concatenated && length == 3)
            TakePart(buffer[at], buffer[at + 1], buffer[at + 2]);
        else if (element == Concatenated16 && length == 4)
            TakePart(Wide | buffer[at] << 8 | buffer[at + 1], buffer[at + 2], buffer[at + 3]);
        else if (element == Ports8 && length == 2)
            TakePorts(buffer[at], buffer[at + 1]);
        else if (element == Ports16 && length == 4)
            TakePorts(buffer[at] << 8 | buffer[at + 1], buffer[at + 2] << 8 | buffer[at + 3]);
    }

    // A part 0, or one behind the last, makes the whole element void (3GPP 23.040 9.2.3.24.1).
    private void TakePart(int reference, int parts, int part)
    {
        if (part == 0 || part > parts)
            return;
        Reference = reference;
        Parts = parts;
        Part = part;
    }

    private void TakePorts(int destination, int source)
    {
        DestinationPort = destination;
        SourcePort = source;
    }
}
