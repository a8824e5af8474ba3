namespace Lwm2m.Samples.ModemSimulator;

/// <summary>What the header of user data says (3GPP 23.040 9.2.3.24): parts and ports; everything else is passed over.</summary>
internal sealed class UserDataHeader
{
    /// <summary>Reference of the whole message; 16-bit ones are kept apart from 8-bit ones.</summary>
    public int Reference { get; private set; } = -1;

    public int Total { get; private set; } = 1;

    /// <summary>1 is the first.</summary>
    public int Sequence { get; private set; } = 1;

    public int DestinationPort { get; private set; } = -1;

    public static UserDataHeader Read(ShortMessage message)
    {
        var header = new UserDataHeader();
        byte[] data = message.UserData;
        if (!message.HasHeader || data.Length == 0)
            return header;
        int end = 1 + data[0];
        for (int at = 1; at + 2 <= end && end <= data.Length;)
        {
            int id = data[at], length = data[at + 1], value = at + 2;
            at = value + length;
            if (at > end)
                break;
            if (id == 0x00 && length == 3)
                header.SetParts(data[value], data[value + 1], data[value + 2]);
            else if (id == 0x08 && length == 4)
                header.SetParts(0x10000 | (data[value] << 8) | data[value + 1], data[value + 2], data[value + 3]);
            else if (id == 0x05 && length == 4)
                header.DestinationPort = (data[value] << 8) | data[value + 1];
            else if (id == 0x04 && length == 2)
                header.DestinationPort = data[value];
        }
        return header;
    }

    // A part 0 or one beyond the last makes the element void.
    private void SetParts(int reference, int total, int sequence)
    {
        if (sequence == 0 || sequence > total)
            return;
        Reference = reference;
        Total = total;
        Sequence = sequence;
    }
}
