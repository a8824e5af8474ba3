namespace Lwm2m.Client;

/// <summary>Ids of the resources of the Device object (/3), version 1.2.</summary>
public static class DeviceResource
{
    /// <summary>Manufacturer.</summary>
    public const int Manufacturer = 0;

    /// <summary>Model Number.</summary>
    public const int ModelNumber = 1;

    /// <summary>Serial Number.</summary>
    public const int SerialNumber = 2;

    /// <summary>Firmware Version.</summary>
    public const int FirmwareVersion = 3;

    /// <summary>Reboot.</summary>
    public const int Reboot = 4;

    /// <summary>Factory Reset.</summary>
    public const int FactoryReset = 5;

    /// <summary>Available Power Sources.</summary>
    public const int AvailablePowerSources = 6;

    /// <summary>Power Source Voltage.</summary>
    public const int PowerSourceVoltage = 7;

    /// <summary>Power Source Current.</summary>
    public const int PowerSourceCurrent = 8;

    /// <summary>Battery Level.</summary>
    public const int BatteryLevel = 9;

    /// <summary>Memory Free.</summary>
    public const int MemoryFree = 10;

    /// <summary>Error Code.</summary>
    public const int ErrorCode = 11;

    /// <summary>Reset Error Code.</summary>
    public const int ResetErrorCode = 12;

    /// <summary>Current Time.</summary>
    public const int CurrentTime = 13;

    /// <summary>UTC Offset.</summary>
    public const int UtcOffset = 14;

    /// <summary>Timezone.</summary>
    public const int Timezone = 15;

    /// <summary>Supported Binding and Modes.</summary>
    public const int SupportedBindings = 16;

    /// <summary>Device Type.</summary>
    public const int DeviceType = 17;

    /// <summary>Hardware Version.</summary>
    public const int HardwareVersion = 18;

    /// <summary>Software Version.</summary>
    public const int SoftwareVersion = 19;

    /// <summary>Battery Status.</summary>
    public const int BatteryStatus = 20;

    /// <summary>Memory Total.</summary>
    public const int MemoryTotal = 21;

    /// <summary>ExtDevInfo.</summary>
    public const int ExternalDeviceInfo = 22;
}
