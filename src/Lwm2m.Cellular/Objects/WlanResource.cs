namespace Lwm2m.Cellular;

/// <summary>Ids of the resources of the WLAN Connectivity object (/12), version 1.1, as far as <see cref="WlanObject"/> has them.</summary>
public static class WlanResource
{
    /// <summary>Interface name.</summary>
    public const int InterfaceName = 0;

    /// <summary>Enable.</summary>
    public const int Enable = 1;

    /// <summary>Status: 0 disabled, 1 up, 2 error.</summary>
    public const int Status = 3;

    /// <summary>BSSID: twelve hexadecimal digits.</summary>
    public const int Bssid = 4;

    /// <summary>SSID.</summary>
    public const int Ssid = 5;

    /// <summary>Mode: 0 access point, 1 station, 2 bridge, 3 repeater.</summary>
    public const int Mode = 8;

    /// <summary>Channel.</summary>
    public const int Channel = 9;

    /// <summary>Standard: 0 a, 1 b, 2 bg, 3 g, 4 n, 5 bgn, 6 ac, 7 ah.</summary>
    public const int Standard = 14;

    /// <summary>Authentication Mode: 0 open, 1 PSK, 2 EAP, 3 EAP and PSK, 4 EAP-SIM.</summary>
    public const int AuthenticationMode = 15;

    /// <summary>Encryption Mode: 0 AES, 1 TKIP, 2 WEP.</summary>
    public const int EncryptionMode = 16;

    /// <summary>WPA Pre Shared Key: 64 hexadecimal digits.</summary>
    public const int WpaPreSharedKey = 17;

    /// <summary>WPA Key Phrase.</summary>
    public const int WpaKeyPhrase = 18;
}
