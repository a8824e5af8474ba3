using System;
using System.Collections.Generic;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>What tells modems apart, apart from their own commands.</summary>
internal sealed record ModemProfile
{
    public required string Name { get; init; }

    public required string Manufacturer { get; init; }

    public required string Model { get; init; }

    /// <summary>How a non-IP context is spelled in +CGDCONT; the other spelling is an error.</summary>
    public string NonIp { get; init; } = "Non-IP";

    /// <summary>The context of the attach, and so the one that is active without being activated.</summary>
    public int AttachCid { get; init; } = 1;

    /// <summary>Whether +CGDCONT takes the context of the attach; BC660K has +QCGDEFCONT for it.</summary>
    public bool DefinesAttachContext { get; init; } = true;

    public int MaxCid { get; init; } = 10;

    /// <summary>Access technology in +CEREG: 7 LTE and LTE-M, 9 NB-IoT.</summary>
    public int AccessTechnology { get; init; } = 9;

    /// <summary>Most octets in one +CSODCP; 0: the modem has no +CSODCP.</summary>
    public int MaxControlPlaneData { get; init; } = 1358;

    /// <summary>Whether +CSODCP wants quotation marks around its data; null: takes both.</summary>
    public bool? QuotesData { get; init; }

    /// <summary>Whether the modem has +CGAPNRC.</summary>
    public bool TellsRateControl { get; init; } = true;

    /// <summary>Whether each +CMT wants its +CNMA, whatever +CSMS says.</summary>
    public bool AlwaysAcknowledges { get; init; }

    /// <summary>Command that reads the SIM's serial number.</summary>
    public string IccidCommand { get; init; } = "+CCID";

    /// <summary>Lines after a start. The sources name none; these are what such modems are known to say.</summary>
    public string[] BootLines { get; init; } = [];

    /// <summary>Most characters of a command line.</summary>
    public int MaxLine { get; init; } = 4096;

    /// <summary>Its own commands.</summary>
    public Func<SimulatedModem, IEnumerable<ModemFeature>> Features { get; init; } = _ => [];
}
