using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>What a <see cref="SimulatedModem"/> is.</summary>
public sealed class SimulatedModemOptions
{
    /// <summary>Which modem: generic, bc66, bc660, bg95, bg96, sara-n, sara-r4, sara-r5, sim7020, sim7080 or nrf91.</summary>
    public string Profile { get; set; } = "generic";

    /// <summary>The network that it is in.</summary>
    public required CellularNetwork Network { get; init; }

    /// <summary>Its own number.</summary>
    public string Number { get; set; } = "491701234567";

    /// <summary>Whether +CNUM tells the number; it is often empty.</summary>
    public bool TellsNumber { get; set; } = true;

    /// <summary>Serial number, 15 digits.</summary>
    public string Imei { get; set; } = "350457790000018";

    /// <summary>Subscriber, 15 digits.</summary>
    public string Imsi { get; set; } = "262011234567890";

    /// <summary>Serial number of the SIM.</summary>
    public string Iccid { get; set; } = "89490200001234567890";

    /// <summary>Whether there is a SIM.</summary>
    public bool HasSim { get; set; } = true;

    /// <summary>The PIN that it wants after each start; null for none.</summary>
    public string? Pin { get; set; }

    /// <summary>Bits per second on the serial line, ten a byte; 0 is unlimited.</summary>
    public int Baud { get; set; }

    /// <summary>Where the chance of its faults starts from.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>+CFUN after a start.</summary>
    public int InitialFunctionality { get; set; } = 1;

    /// <summary>How long it is deaf after a reset.</summary>
    public TimeSpan BootTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether it roams: +CEREG 5 in place of 1.</summary>
    public bool IsRoaming { get; set; }

    /// <summary>Whether the network denies it: +CEREG 3.</summary>
    public bool IsDenied { get; set; }

    /// <summary>How strong it hears the network, in dBm (+CSQ).</summary>
    public int RssiDbm { get; set; } = -75;

    /// <summary>RSRP in dBm (+CESQ).</summary>
    public int RsrpDbm { get; set; } = -95;

    /// <summary>RSRQ in dB (+CESQ).</summary>
    public int RsrqDb { get; set; } = -10;

    /// <summary>How many messages its store holds.</summary>
    public int StorageSize { get; set; } = 20;

    /// <summary>bc66 and bc660: whether +QISEND is answered with OK before SEND OK.</summary>
    public bool AnswersOkBeforeSendOk { get; set; }

    /// <summary>bc660: whether non-IP data comes over the user plane, as +RECVNONIP in place of +CRTDCP.</summary>
    public bool UsesUserPlane { get; set; }

    /// <summary>Is told every line, both ways, and what happens inside; any thread.</summary>
    public Action<string>? Log { get; set; }
}
