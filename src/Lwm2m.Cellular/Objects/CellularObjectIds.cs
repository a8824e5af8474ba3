namespace Lwm2m.Cellular;

/// <summary>Ids of the objects for bearers that OMA registered beside the enabler; 4 and 7 are among <see cref="Lwm2m.Client.ObjectIds"/>.</summary>
public static class CellularObjectIds
{
    /// <summary>Cellular Connectivity.</summary>
    public const int Cellular = 10;

    /// <summary>APN Connection Profile.</summary>
    public const int ApnProfile = 11;

    /// <summary>WLAN Connectivity.</summary>
    public const int Wlan = 12;

    /// <summary>Bearer Selection.</summary>
    public const int BearerSelection = 13;
}
