namespace Lwm2m.Cellular;

/// <summary>Ids of the resources of the APN Connection Profile object (/11), version 1.1.</summary>
public static class ApnProfileResource
{
    /// <summary>Profile name.</summary>
    public const int ProfileName = 0;

    /// <summary>APN; an empty one leaves the choice to the network.</summary>
    public const int Apn = 1;

    /// <summary>Auto select APN by device.</summary>
    public const int AutoSelect = 2;

    /// <summary>Enable status.</summary>
    public const int EnableStatus = 3;

    /// <summary>Authentication Type: 0 PAP, 1 CHAP, 2 either, 3 none.</summary>
    public const int AuthenticationType = 4;

    /// <summary>User Name.</summary>
    public const int UserName = 5;

    /// <summary>Secret.</summary>
    public const int Secret = 6;

    /// <summary>Reconnect Schedule: pauses in seconds, with commas.</summary>
    public const int ReconnectSchedule = 7;

    /// <summary>Validity: country and network code, with a comma.</summary>
    public const int Validity = 8;

    /// <summary>Connection establishment time.</summary>
    public const int ConnectionTime = 9;

    /// <summary>Connection establishment result: 0 accepted, 1 rejected.</summary>
    public const int ConnectionResult = 10;

    /// <summary>Connection establishment reject cause.</summary>
    public const int RejectCause = 11;

    /// <summary>Connection end time.</summary>
    public const int ConnectionEndTime = 12;

    /// <summary>TotalBytesSent.</summary>
    public const int TotalBytesSent = 13;

    /// <summary>TotalBytesReceived.</summary>
    public const int TotalBytesReceived = 14;

    /// <summary>IP address.</summary>
    public const int IPAddress = 15;

    /// <summary>Prefix length.</summary>
    public const int PrefixLength = 16;

    /// <summary>Subnet mask.</summary>
    public const int SubnetMask = 17;

    /// <summary>Gateway.</summary>
    public const int Gateway = 18;

    /// <summary>Primary DNS address.</summary>
    public const int PrimaryDns = 19;

    /// <summary>Secondary DNS address.</summary>
    public const int SecondaryDns = 20;

    /// <summary>QCI.</summary>
    public const int Qci = 21;

    /// <summary>Vendor specific extensions.</summary>
    public const int VendorExtensions = 22;

    /// <summary>TotalPacketsSent.</summary>
    public const int TotalPacketsSent = 23;

    /// <summary>PDN Type: 0 non-IP, 1 IPv4, 2 IPv6, 3 IPv4v6.</summary>
    public const int PdnType = 24;

    /// <summary>APN Rate Control: messages for each <see cref="UplinkTimeUnit"/>.</summary>
    public const int RateControl = 25;

    /// <summary>Serving PLMN Rate control.</summary>
    public const int ServingPlmnRateControl = 26;

    /// <summary>Uplink Time Unit: 0 unrestricted, 1 minute, 2 hour, 3 day, 4 week.</summary>
    public const int UplinkTimeUnit = 27;

    /// <summary>APN Rate Control for Exception Data.</summary>
    public const int ExceptionRateControl = 28;

    /// <summary>APN Exception Data Uplink Time Unit, as <see cref="UplinkTimeUnit"/>.</summary>
    public const int ExceptionTimeUnit = 29;

    /// <summary>Supported RAT Types.</summary>
    public const int SupportedRatTypes = 30;

    /// <summary>RDS Application ID.</summary>
    public const int RdsApplicationId = 31;

    /// <summary>RDS Destination Port.</summary>
    public const int RdsDestinationPort = 32;

    /// <summary>RDS Source Port.</summary>
    public const int RdsSourcePort = 33;
}
