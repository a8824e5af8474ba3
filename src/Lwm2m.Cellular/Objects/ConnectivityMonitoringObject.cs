using Lwm2m.Client;
using Lwm2m.Formats;

namespace Lwm2m.Cellular;

/// <summary>
/// The Connectivity Monitoring object (/4): over which network the device is connected, and how well. It has one instance, 0.
/// <see cref="ModemObjects"/> feeds it from a modem; without one the application sets what it knows. What nobody set does not exist
/// for servers. Values may be set from any thread; one that differs from the last is notified.
/// </summary>
public class ConnectivityMonitoringObject : StoredObject
{
    /// <summary>Less than what LTE and NB-IoT modems can measure by <c>+CESQ</c>: nothing is received.</summary>
    public const int NoSignalDbm = -141;

    /// <summary>Makes the object with its instance 0 and its mandatory resources.</summary>
    /// <param name="bearer">The bearer in use, a value of <see cref="NetworkBearer"/>.</param>
    /// <param name="signalDbm">Radio signal strength in dBm; 0 for a wire.</param>
    /// <param name="version">The version of LwM2M that the device is for: 1.0 takes version 1.0 of the object, without resources 11 to 13;
    /// 1.1 takes 1.2, without 13.</param>
    /// <param name="capacity">How many values it holds; each address, APN and available bearer is one, and each list.</param>
    public ConnectivityMonitoringObject(
        int bearer = NetworkBearer.NbIot, int signalDbm = NoSignalDbm, LwM2MVersion version = LwM2MVersion.V12, int capacity = 24)
        : base(Define(version), capacity)
    {
        AddInstance(0);
        SetEmpty(0, ConnectivityMonitoringResource.IPAddresses);
        SetBearer(bearer);
        SetSignal(signalDbm);
    }

    /// <summary>Sets the bearer in use, and adds it to those that are available (/4/0/0 and 1).</summary>
    /// <param name="bearer">A value of <see cref="NetworkBearer"/>, 0..50.</param>
    public void SetBearer(int bearer)
    {
        Set(0, ConnectivityMonitoringResource.NetworkBearer, bearer);
        int free = 0;
        int at = -1;
        while ((at = NextInstance(0, ConnectivityMonitoringResource.AvailableNetworkBearers, at)) >= 0)
        {
            GetInteger(0, ConnectivityMonitoringResource.AvailableNetworkBearers, out long available, at);
            if (available == bearer)
                return;
            free = at + 1;
        }

        SetInstance(0, ConnectivityMonitoringResource.AvailableNetworkBearers, free, (long)bearer);
    }

    /// <summary>Sets the radio signal strength (/4/0/2).</summary>
    /// <param name="dBm">RSSI in GSM, RSCP in UMTS, RSRP in LTE, NRSRP in NB-IoT.</param>
    public void SetSignal(int dBm) => Set(0, ConnectivityMonitoringResource.RadioSignalStrength, dBm);

    /// <summary>Sets the link quality (/4/0/3).</summary>
    /// <param name="quality">RSRQ in LTE and NRSRQ in NB-IoT, in whole dB; LQI in IEEE 802.15.4.</param>
    public void SetLinkQuality(int quality) => Set(0, ConnectivityMonitoringResource.LinkQuality, quality);

    /// <summary>Sets the addresses of the device (/4/0/4). A device without IP has none, and the resource is empty.</summary>
    /// <param name="addresses">The addresses as text.</param>
    public void SetAddresses(params string[] addresses) => TextList.Set(this, 0, ConnectivityMonitoringResource.IPAddresses, addresses);

    /// <summary>Sets the addresses of the next router on each interface (/4/0/5).</summary>
    /// <param name="addresses">The addresses as text.</param>
    public void SetRouters(params string[] addresses) => TextList.Set(this, 0, ConnectivityMonitoringResource.RouterIPAddresses, addresses);

    /// <summary>Sets the access point names in use (/4/0/7).</summary>
    /// <param name="apns">The names.</param>
    public void SetApns(params string[] apns) => TextList.Set(this, 0, ConnectivityMonitoringResource.Apn, apns);

    /// <summary>Sets the cell that serves the device (/4/0/8 and 12).</summary>
    /// <param name="cellId">Cell identity; -1 when none serves it, and both resources vanish.</param>
    /// <param name="areaCode">Location area code; in LTE and NB-IoT, which have none, the tracking area code stands in its place; -1 for none.</param>
    public void SetCell(long cellId, int areaCode)
    {
        SetOrRemove(ConnectivityMonitoringResource.CellId, cellId);
        SetOrRemove(ConnectivityMonitoringResource.Lac, cellId < 0 ? -1 : areaCode);
    }

    /// <summary>Sets the network that serves the device (/4/0/9 and 10).</summary>
    /// <param name="countryCode">Mobile country code, 0..999; -1 for none, and the resource vanishes.</param>
    /// <param name="networkCode">Mobile network code, 0..999; -1 likewise.</param>
    public void SetNetwork(int countryCode, int networkCode)
    {
        SetOrRemove(ConnectivityMonitoringResource.Smcc, countryCode);
        SetOrRemove(ConnectivityMonitoringResource.Smnc, networkCode);
    }

    /// <summary>Sets the coverage enhancement level (/4/0/13, version 1.3).</summary>
    /// <param name="level">0 for none, 1..4 for the levels 0..3 of 36.331; -1 when it is unknown, and the resource vanishes.</param>
    public void SetCoverageLevel(int level) => SetOrRemove(ConnectivityMonitoringResource.CoverageEnhancementLevel, level);

    // Negative is unknown. A resource that the version of the object lacks is passed over.
    private void SetOrRemove(int resource, long value)
    {
        if (value < 0)
            Remove(0, resource);
        else if (Definition.Find(resource) >= 0)
            Set(0, resource, value);
    }

    private static ObjectDefinition Define(LwM2MVersion version)
    {
        string own = version == LwM2MVersion.V10 ? "1.0" : version == LwM2MVersion.V11 ? "1.2" : "1.3";
        ObjectDefinition definition = ObjectDefinition.Single(
            ObjectIds.ConnectivityMonitoring,
            own,
            Resource.ReadOnly(ConnectivityMonitoringResource.NetworkBearer, DataType.Integer, mandatory: true),
            Resource.ReadOnly(ConnectivityMonitoringResource.AvailableNetworkBearers, DataType.Integer, multiple: true, mandatory: true),
            Resource.ReadOnly(ConnectivityMonitoringResource.RadioSignalStrength, DataType.Integer, mandatory: true),
            Resource.ReadOnly(ConnectivityMonitoringResource.LinkQuality, DataType.Integer),
            Resource.ReadOnly(ConnectivityMonitoringResource.IPAddresses, DataType.String, multiple: true, mandatory: true),
            Resource.ReadOnly(ConnectivityMonitoringResource.RouterIPAddresses, DataType.String, multiple: true),
            Resource.ReadOnly(ConnectivityMonitoringResource.LinkUtilization, DataType.Integer),
            Resource.ReadOnly(ConnectivityMonitoringResource.Apn, DataType.String, multiple: true),
            Resource.ReadOnly(ConnectivityMonitoringResource.CellId, DataType.Integer),
            Resource.ReadOnly(ConnectivityMonitoringResource.Smnc, DataType.Integer),
            Resource.ReadOnly(ConnectivityMonitoringResource.Smcc, DataType.Integer),
            Resource.ReadOnly(ConnectivityMonitoringResource.SignalSnr, DataType.Integer),
            Resource.ReadOnly(ConnectivityMonitoringResource.Lac, DataType.Integer),
            Resource.ReadOnly(ConnectivityMonitoringResource.CoverageEnhancementLevel, DataType.Integer))
            .WithRange(ConnectivityMonitoringResource.NetworkBearer, 0, 50)
            .WithRange(ConnectivityMonitoringResource.AvailableNetworkBearers, 0, 50)
            .WithRange(ConnectivityMonitoringResource.LinkUtilization, 0, 100)
            .WithRange(ConnectivityMonitoringResource.Smnc, 0, 999)
            .WithRange(ConnectivityMonitoringResource.Smcc, 0, 999)
            .WithRange(ConnectivityMonitoringResource.CoverageEnhancementLevel, 0, 4);
        if (version != LwM2MVersion.V12)
            definition.Without(ConnectivityMonitoringResource.CoverageEnhancementLevel);
        if (version == LwM2MVersion.V10)
            definition.Without(ConnectivityMonitoringResource.Lac).Without(ConnectivityMonitoringResource.SignalSnr);
        return definition;
    }
}
