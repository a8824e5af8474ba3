using Lwm2m.Client;
using Lwm2m.Formats;

namespace Lwm2m.Cellular;

/// <summary>
/// The WLAN Connectivity object (/12): one interface, instance 0. It has the resources that are mandatory, the encryption and the keys of
/// WPA; what the port <see cref="IWlanDriver"/> does not give is absent. Values that servers write are handed to the driver, and kept
/// where the client has a storage. Keys can be written and not be read.
/// </summary>
public class WlanObject : StoredObject
{
    /// <summary>Mode of a device that joins a network: station.</summary>
    public const int Station = 1;

    private readonly IWlanDriver _driver;
    private bool _isRefreshing;

    /// <summary>Makes the object with its instance 0: a station, disabled, in an open network.</summary>
    /// <param name="driver">The interface.</param>
    /// <param name="ssid">The network to join, 1..32 bytes.</param>
    public WlanObject(IWlanDriver driver, string ssid)
        : base(Define(), 12)
    {
        _driver = driver;
        AddInstance(0);
        AllowCreate = false;
        IsKept = true;
        _isRefreshing = true;
        Set(0, WlanResource.InterfaceName, driver.InterfaceName);
        Set(0, WlanResource.Enable, false);
        Set(0, WlanResource.Ssid, ssid);
        Set(0, WlanResource.Mode, Station);
        Set(0, WlanResource.AuthenticationMode, 0);
        Refresh();
    }

    /// <summary>Whether the interface is to be on (/12/0/1).</summary>
    public bool IsEnabled
    {
        get
        {
            GetBoolean(0, WlanResource.Enable, out bool enabled);
            return enabled;
        }
        set => Set(0, WlanResource.Enable, value);
    }

    /// <summary>The network to join (/12/0/5).</summary>
    public string Ssid
    {
        get => TextOf(WlanResource.Ssid);
        set => Set(0, WlanResource.Ssid, value);
    }

    /// <summary>The passphrase, 8..63 characters (/12/0/18), or 64 hexadecimal digits of the key itself (/12/0/17); empty for none.
    /// The one that was set is given; both: the key.</summary>
    public string Key
    {
        get
        {
            string key = TextOf(WlanResource.WpaPreSharedKey);
            return key.Length != 0 ? key : TextOf(WlanResource.WpaKeyPhrase);
        }
    }

    /// <summary>Sets network and passphrase, and turns the interface on.</summary>
    /// <param name="ssid">The network, 1..32 bytes.</param>
    /// <param name="passphrase">Its passphrase; empty for an open network.</param>
    public void Join(string ssid, string passphrase)
    {
        _isRefreshing = true;
        Remove(0, WlanResource.WpaPreSharedKey);
        Remove(0, WlanResource.WpaKeyPhrase);
        if (passphrase.Length != 0)
            Set(0, WlanResource.WpaKeyPhrase, passphrase);
        Set(0, WlanResource.AuthenticationMode, passphrase.Length != 0 ? 1 : 0);
        Set(0, WlanResource.Ssid, ssid);
        _isRefreshing = false;
        IsEnabled = true;
    }

    /// <summary>Takes over from the driver what changes by itself: status, address, channel, standard. Call it when one of them did.</summary>
    /// <param name="monitoring">The object /4, to be told of bearer and signal where the device speaks over this interface; or null.</param>
    public void Refresh(ConnectivityMonitoringObject? monitoring = null)
    {
        _isRefreshing = true;
        Set(0, WlanResource.Status, _driver.Status);
        Set(0, WlanResource.Bssid, _driver.Bssid);
        Set(0, WlanResource.Channel, _driver.Channel);
        Set(0, WlanResource.Standard, _driver.Standard);
        _isRefreshing = false;
        if (monitoring == null)
            return;
        monitoring.SetBearer(NetworkBearer.Wlan);
        monitoring.SetSignal(_driver.SignalDbm);
    }

    /// <inheritdoc/>
    protected override Outcome Validate(int instance, int resource, ValueReader value)
    {
        bool isChoice = resource == WlanResource.Mode || resource == WlanResource.Channel || resource == WlanResource.Standard
            || resource == WlanResource.AuthenticationMode || resource == WlanResource.EncryptionMode;
        if (isChoice)
        {
            Outcome outcome = value.GetInteger(out long choice);
            if (outcome != Outcome.Ok)
                return outcome;
            if (!_driver.CanDo(resource, (int)choice))
                return Outcome.NotImplemented;
        }

        return base.Validate(instance, resource, value);
    }

    /// <inheritdoc/>
    protected override void OnStored(int instance, int resource, int resourceInstance)
    {
        if (!_isRefreshing)
            _driver.Apply(this);
    }

    /// <inheritdoc/>
    protected override bool IsStatic(int instance) => true;

    private string TextOf(int resource)
    {
        GetString(0, resource, out string text);
        return text;
    }

    private static ObjectDefinition Define() => new ObjectDefinition(
        CellularObjectIds.Wlan,
        "1.1",
        Resource.ReadWrite(WlanResource.InterfaceName, DataType.String, mandatory: true),
        Resource.ReadWrite(WlanResource.Enable, DataType.Boolean, mandatory: true),
        Resource.ReadOnly(WlanResource.Status, DataType.Integer, mandatory: true),
        Resource.ReadOnly(WlanResource.Bssid, DataType.String, mandatory: true),
        Resource.ReadWrite(WlanResource.Ssid, DataType.String, mandatory: true),
        Resource.ReadWrite(WlanResource.Mode, DataType.Integer, mandatory: true),
        Resource.ReadWrite(WlanResource.Channel, DataType.Integer, mandatory: true),
        Resource.ReadWrite(WlanResource.Standard, DataType.Integer, mandatory: true),
        Resource.ReadWrite(WlanResource.AuthenticationMode, DataType.Integer, mandatory: true),
        Resource.ReadWrite(WlanResource.EncryptionMode, DataType.Integer),
        Resource.WriteOnly(WlanResource.WpaPreSharedKey, DataType.String),
        Resource.WriteOnly(WlanResource.WpaKeyPhrase, DataType.String))
        .WithRange(WlanResource.Status, 0, 2)
        .WithRange(WlanResource.Bssid, 12, 12)
        .WithRange(WlanResource.Ssid, 1, 32)
        .WithRange(WlanResource.Mode, 0, 3)
        .WithRange(WlanResource.Channel, 0, 255)
        .WithRange(WlanResource.Standard, 0, 7)
        .WithRange(WlanResource.AuthenticationMode, 0, 4)
        .WithRange(WlanResource.EncryptionMode, 0, 2)
        .WithRange(WlanResource.WpaPreSharedKey, 64, 64)
        .WithRange(WlanResource.WpaKeyPhrase, 1, 64);
}
