namespace Lwm2m.Client;

/// <summary>What a server asked of the device as a whole.</summary>
public delegate void DeviceAction();
