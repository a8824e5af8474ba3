namespace Lwm2m.Cellular;

/// <summary>Ids of the resources of the Bearer Selection object (/13), version 1.1.</summary>
public static class BearerSelectionResource
{
    /// <summary>Preferred Communications Bearer, the first instance before the others.</summary>
    public const int PreferredBearer = 0;

    /// <summary>Acceptable RSSI (GSM) in dBm.</summary>
    public const int AcceptableRssiGsm = 1;

    /// <summary>Acceptable RSCP (UMTS) in dBm.</summary>
    public const int AcceptableRscpUmts = 2;

    /// <summary>Acceptable RSRP (LTE) in dBm.</summary>
    public const int AcceptableRsrpLte = 3;

    /// <summary>Acceptable RSSI (1xEV-DO) in dBm.</summary>
    public const int AcceptableRssiEvDo = 4;

    /// <summary>Cell lock list.</summary>
    public const int CellLockList = 5;

    /// <summary>Operator list: country and network codes such as 26201, with commas.</summary>
    public const int OperatorList = 6;

    /// <summary>Operator list mode: true allows only these, false prefers them.</summary>
    public const int OperatorListMode = 7;

    /// <summary>List of available PLMNs.</summary>
    public const int AvailablePlmns = 8;

    /// <summary>Vendor specific extensions.</summary>
    public const int VendorExtensions = 9;

    /// <summary>Acceptable RSRP (NB-IoT) in dBm.</summary>
    public const int AcceptableRsrpNbIot = 10;

    /// <summary>Higher Priority PLMN Search Timer.</summary>
    public const int HigherPriorityPlmnSearchTimer = 11;

    /// <summary>Attach without PDN connection.</summary>
    public const int AttachWithoutPdn = 12;
}
