namespace Lwm2m.Cellular;

/// <summary>A port of <see cref="WlanObject"/>: the WLAN interface of the device.</summary>
public interface IWlanDriver
{
    /// <summary>Name of the interface, such as wlan0.</summary>
    string InterfaceName { get; }

    /// <summary>0 disabled, 1 up, 2 error (/12/x/3).</summary>
    int Status { get; }

    /// <summary>The MAC address of the interface as twelve hexadecimal digits (/12/x/4).</summary>
    string Bssid { get; }

    /// <summary>The radio channel in use, 0..255 (/12/x/9); 0 for none.</summary>
    int Channel { get; }

    /// <summary>The 802.11 standard, a value of /12/x/14: 4 is n, 5 is b, g and n.</summary>
    int Standard { get; }

    /// <summary>Strength of the received signal in dBm, for /4/0/2.</summary>
    int SignalDbm { get; }

    /// <summary>Whether the interface can do what a server wants to set.</summary>
    /// <param name="resource">Mode, Channel, Standard, Authentication Mode or Encryption Mode: ids of <see cref="WlanResource"/>.</param>
    /// <param name="value">The value.</param>
    /// <returns>False refuses it: the server is answered 5.01.</returns>
    bool CanDo(int resource, int value);

    /// <summary>Something was set: take the object's properties over, but begin a moment later, since further values of the same request
    /// may follow, and its answer may have to go out over this very interface. Called by the runner; must not wait.</summary>
    /// <param name="wlan">The object with the values.</param>
    void Apply(WlanObject wlan);
}
