using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>A non-IP packet that the network carried.</summary>
public sealed class NonIpPacketEventArgs : EventArgs
{
    internal NonIpPacketEventArgs(string number, string apn, AirDirection direction, byte[] data)
    {
        Number = number;
        Apn = apn;
        Direction = direction;
        Data = data;
    }

    /// <summary>Number of the device.</summary>
    public string Number { get; }

    /// <summary>Over which access point.</summary>
    public string Apn { get; }

    /// <summary>Which way.</summary>
    public AirDirection Direction { get; }

    /// <summary>What it carried.</summary>
    public byte[] Data { get; }
}
