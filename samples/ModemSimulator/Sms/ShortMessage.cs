using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>One short message on its way: of a concatenated one, one part.</summary>
public sealed record ShortMessage
{
    /// <summary>Number of the sender, digits with or without a leading plus.</summary>
    public required string From { get; init; }

    /// <summary>Number of the receiver.</summary>
    public required string To { get; init; }

    /// <summary>TP-PID.</summary>
    public byte ProtocolId { get; init; }

    /// <summary>TP-DCS; 4 is 8-bit data.</summary>
    public byte DataCoding { get; init; } = 4;

    /// <summary>Whether the user data starts with a header (TP-UDHI).</summary>
    public bool HasHeader { get; init; }

    /// <summary>TP-UD in octets, header included; 7-bit text is packed.</summary>
    public required byte[] UserData { get; init; }

    /// <summary>TP-UDL: septets of 7-bit text, octets of everything else.</summary>
    public required int UserDataLength { get; init; }

    /// <summary>When the service centre took it.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>User data without its header.</summary>
    public byte[] Payload => HasHeader && UserData.Length > UserData[0] ? UserData[(UserData[0] + 1)..] : UserData;

    internal bool IsSevenBit => (DataCoding & 0x0c) == 0 && (DataCoding & 0xf0) is 0x00 or 0x10 || (DataCoding & 0xf4) == 0xf0;

    /// <summary>8-bit data in one message.</summary>
    /// <param name="from">Sender.</param>
    /// <param name="to">Receiver.</param>
    /// <param name="userData">At most 140 octets.</param>
    /// <param name="hasHeader">Whether they start with a header.</param>
    public static ShortMessage OfData(string from, string to, byte[] userData, bool hasHeader = false) => userData.Length > 140
        ? throw new ArgumentException($"{userData.Length} octets do not fit a short message: 140 do.", nameof(userData))
        : new() { From = from, To = to, UserData = userData, UserDataLength = userData.Length, HasHeader = hasHeader };
}
