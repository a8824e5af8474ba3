using System.Collections.Generic;

namespace Lwm2m.Cellular.Tests.Objects;

/// <summary>A WLAN interface that can be a station in open networks and with a pre-shared key, and notes what it is to do.</summary>
internal sealed class RecordingWlan : IWlanDriver
{
    public List<string> Applied { get; } = [];

    public string InterfaceName => "wlan0";

    public int Status { get; set; }

    public string Bssid => "020000ABCDEF";

    public int Channel { get; set; }

    public int Standard => 4;

    public int SignalDbm { get; set; } = -60;

    public bool CanDo(int resource, int value) => resource switch
    {
        WlanResource.Mode => value == WlanObject.Station,
        WlanResource.AuthenticationMode => value <= 1,
        WlanResource.EncryptionMode => value == 0,
        _ => false,
    };

    public void Apply(WlanObject wlan) => Applied.Add($"{(wlan.IsEnabled ? "on" : "off")} {wlan.Ssid} {wlan.Key}".TrimEnd());
}
