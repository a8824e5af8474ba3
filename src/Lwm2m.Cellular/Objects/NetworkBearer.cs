namespace Lwm2m.Cellular;

/// <summary>The network bearers of /4/0/0 and /4/0/1 (object 4, version 1.3): 0 to 20 cellular, 21 to 40 wireless, 41 to 50 by wire.</summary>
public static class NetworkBearer
{
    /// <summary>GSM.</summary>
    public const int Gsm = 0;

    /// <summary>WCDMA.</summary>
    public const int Wcdma = 2;

    /// <summary>LTE-TDD.</summary>
    public const int LteTdd = 5;

    /// <summary>LTE-FDD; LTE-M too.</summary>
    public const int LteFdd = 6;

    /// <summary>NB-IoT.</summary>
    public const int NbIot = 7;

    /// <summary>5G NR, FDD.</summary>
    public const int NrFdd = 9;

    /// <summary>WLAN.</summary>
    public const int Wlan = 21;

    /// <summary>Bluetooth.</summary>
    public const int Bluetooth = 22;

    /// <summary>IEEE 802.15.4.</summary>
    public const int Ieee802154 = 23;

    /// <summary>Ethernet.</summary>
    public const int Ethernet = 41;

    /// <summary>The bearer of an access technology, as <c>+CEREG</c> and <c>+COPS</c> name it (27.007 7.3 and 10.1.22). A modem does not
    /// tell FDD from TDD: FDD is answered.</summary>
    /// <param name="accessTechnology">For example 7 for LTE and 9 for NB-IoT.</param>
    /// <returns>The bearer; -1 when the technology is unknown.</returns>
    public static int Of(int accessTechnology)
    {
        switch (accessTechnology)
        {
            case 0:
            case 1:
            case 3:
                return Gsm;
            case 2:
            case 4:
            case 5:
            case 6:
                return Wcdma;
            // 8 is EC-GSM-IoT in 27.007, but LTE-M where some modems say it.
            case 7:
            case 8:
            case 10:
            case 13:
                return LteFdd;
            case 9:
                return NbIot;
            case 11:
            case 12:
                return NrFdd;
            default:
                return -1;
        }
    }
}
