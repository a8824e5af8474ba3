namespace Lwm2m.Cellular;

/// <summary>Ids of the resources of the Cellular Connectivity object (/10), version 1.1.</summary>
public static class CellularResource
{
    /// <summary>SMSC address.</summary>
    public const int SmscAddress = 0;

    /// <summary>Disable radio period in minutes.</summary>
    public const int DisableRadioPeriod = 1;

    /// <summary>Module activation code.</summary>
    public const int ModuleActivationCode = 2;

    /// <summary>Vendor specific extensions.</summary>
    public const int VendorExtensions = 3;

    /// <summary>PSM Timer, T3412 extended, in seconds.</summary>
    public const int PsmTimer = 4;

    /// <summary>Active Timer, T3324, in seconds.</summary>
    public const int ActiveTimer = 5;

    /// <summary>eDRX parameters for Iu mode (UMTS): one octet.</summary>
    public const int EdrxIuMode = 7;

    /// <summary>eDRX parameters for WB-S1 mode (LTE): one octet.</summary>
    public const int EdrxWbS1Mode = 8;

    /// <summary>eDRX parameters for NB-S1 mode (NB-IoT): one octet.</summary>
    public const int EdrxNbS1Mode = 9;

    /// <summary>eDRX parameters for A/Gb mode (GSM): one octet.</summary>
    public const int EdrxAGbMode = 10;

    /// <summary>Activated Profile Names: links to instances of /11.</summary>
    public const int ActivatedProfileNames = 11;

    /// <summary>Supported Power Saving Modes: bit 0 PSM, bit 1 eDRX.</summary>
    public const int SupportedPowerSavingModes = 12;

    /// <summary>Active Power Saving Modes: bit 0 PSM, bit 1 eDRX.</summary>
    public const int ActivePowerSavingModes = 13;

    /// <summary>Release Assistance Indication Usage: bit 0 not used, bit 1 with a last message that expects no answer, bit 2 with one that expects an answer.</summary>
    public const int ReleaseAssistanceUsage = 14;
}
