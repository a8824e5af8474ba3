namespace Lwm2m.Client;

/// <summary>Ids of the objects that OMA defined with the enabler (Core, appendix E).</summary>
public static class ObjectIds
{
    /// <summary>LwM2M Security.</summary>
    public const int Security = 0;

    /// <summary>LwM2M Server.</summary>
    public const int Server = 1;

    /// <summary>LwM2M Access Control.</summary>
    public const int AccessControl = 2;

    /// <summary>Device.</summary>
    public const int Device = 3;

    /// <summary>Connectivity Monitoring.</summary>
    public const int ConnectivityMonitoring = 4;

    /// <summary>Firmware Update.</summary>
    public const int FirmwareUpdate = 5;

    /// <summary>Location.</summary>
    public const int Location = 6;

    /// <summary>Connectivity Statistics.</summary>
    public const int ConnectivityStatistics = 7;

    /// <summary>LwM2M OSCORE.</summary>
    public const int Oscore = 21;

    /// <summary>LwM2M COSE.</summary>
    public const int Cose = 23;

    /// <summary>LwM2M MQTT Server.</summary>
    public const int MqttServer = 24;
}
