using System;
using System.Collections.Generic;
using System.Linq;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>The modems that can be simulated.</summary>
public static class ModemProfiles
{
    private static readonly ModemProfile[] s_all =
    [
        new() { Name = "generic", Manufacturer = "Generic", Model = "3GPP" },
        new()
        {
            Name = "bc66", Manufacturer = "Quectel", Model = "BC66", NonIp = "NONIP", IccidCommand = "+QCCID", BootLines = ["RDY"],
            Features = m => [new QuectelInlineSockets(m)],
        },
        new()
        {
            Name = "bc660", Manufacturer = "Quectel", Model = "BC660K-GL", AttachCid = 0, DefinesAttachContext = false, MaxControlPlaneData = 950, QuotesData = true,
            IccidCommand = "+QCCID", BootLines = ["RDY"],
            Features = m => [new QuectelInlineSockets(m), new QuectelDefaultContext(m), new QuectelSleep(m)],
        },
        new()
        {
            Name = "bg95", Manufacturer = "Quectel", Model = "BG95-M3", AccessTechnology = 8, IccidCommand = "+QCCID", BootLines = ["RDY"],
            Features = m => [new QuectelPromptSockets(m), new QuectelNidd(m)],
        },
        new()
        {
            Name = "bg96", Manufacturer = "Quectel", Model = "BG96", AccessTechnology = 8, MaxControlPlaneData = 0, IccidCommand = "+QCCID", BootLines = ["RDY"],
            Features = m => [new QuectelPromptSockets(m), new QuectelNipd(m)],
        },
        new()
        {
            Name = "sara-n", Manufacturer = "u-blox", Model = "SARA-N", NonIp = "NONIP",
            Features = m => [new NsoSockets(m), new UsoSockets(m)],
        },
        new()
        {
            Name = "sara-r4", Manufacturer = "u-blox", Model = "SARA-R410M", NonIp = "NONIP", AccessTechnology = 7, MaxControlPlaneData = 512, QuotesData = true,
            Features = m => [new UsoSockets(m)],
        },
        new()
        {
            Name = "sara-r5", Manufacturer = "u-blox", Model = "SARA-R510S", NonIp = "NONIP", AccessTechnology = 7, MaxControlPlaneData = 512, QuotesData = true,
            Features = m => [new UsoSockets(m)],
        },
        new()
        {
            Name = "sim7020", Manufacturer = "SIMCom", Model = "SIM7020E",
            Features = m => [new SimcomHexSockets(m)],
        },
        new()
        {
            Name = "sim7080", Manufacturer = "SIMCom", Model = "SIM7080G", AccessTechnology = 7,
            Features = m => [new SimcomPromptSockets(m)],
        },
        new()
        {
            Name = "nrf91", Manufacturer = "Nordic Semiconductor ASA", Model = "nRF9160-SICA", AttachCid = 0, AccessTechnology = 7, MaxControlPlaneData = 0, TellsRateControl = false,
            AlwaysAcknowledges = true, IccidCommand = "%XICCID", BootLines = ["Ready"],
            Features = m => [new NordicSockets(m)],
        },
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Select(p => p.Name)];

    internal static ModemProfile Find(string name) => s_all.FirstOrDefault(p => p.Name == name)
        ?? throw new ArgumentException($"There is no profile \"{name}\"; there are {string.Join(", ", Names)}.", nameof(name));
}
