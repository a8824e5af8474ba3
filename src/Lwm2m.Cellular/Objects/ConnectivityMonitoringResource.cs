namespace Lwm2m.Cellular;

/// <summary>Ids of the resources of the Connectivity Monitoring object (/4), version 1.3.</summary>
public static class ConnectivityMonitoringResource
{
    /// <summary>Network Bearer: a value of <see cref="Cellular.NetworkBearer"/>.</summary>
    public const int NetworkBearer = 0;

    /// <summary>Available Network Bearer.</summary>
    public const int AvailableNetworkBearers = 1;

    /// <summary>Radio Signal Strength in dBm: RSRP in LTE, NRSRP in NB-IoT.</summary>
    public const int RadioSignalStrength = 2;

    /// <summary>Link Quality: RSRQ in dB in LTE, NRSRQ in NB-IoT.</summary>
    public const int LinkQuality = 3;

    /// <summary>IP Addresses.</summary>
    public const int IPAddresses = 4;

    /// <summary>Router IP Addresses.</summary>
    public const int RouterIPAddresses = 5;

    /// <summary>Link Utilization in per cent.</summary>
    public const int LinkUtilization = 6;

    /// <summary>APN.</summary>
    public const int Apn = 7;

    /// <summary>Cell ID.</summary>
    public const int CellId = 8;

    /// <summary>SMNC: the serving mobile network code.</summary>
    public const int Smnc = 9;

    /// <summary>SMCC: the serving mobile country code.</summary>
    public const int Smcc = 10;

    /// <summary>SignalSNR in dB; since version 1.1.</summary>
    public const int SignalSnr = 11;

    /// <summary>LAC; since version 1.2.</summary>
    public const int Lac = 12;

    /// <summary>Coverage Enhancement Level; since version 1.3.</summary>
    public const int CoverageEnhancementLevel = 13;
}
