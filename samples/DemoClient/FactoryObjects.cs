using System;
using Lwm2m.Client;
using Lwm2m.Samples.Objects;

namespace Lwm2m.Samples.DemoClient;

/// <summary>What the device holds when it leaves the factory. Nothing of it moves by itself except Current Time.</summary>
internal static class FactoryObjects
{
    /// <summary>All objects of the client, those that come with it included.</summary>
    public static ReadOnlySpan<int> Ids => [0, 1, 2, 3, 16, 3303, 3311, 3442];

    /// <summary>Adds the objects 3, 16, 3303, 3311 and 3442; 0, 1 and 2 come with the client.</summary>
    /// <returns>The Device object.</returns>
    public static DeviceObject AddTo(Lwm2mClient client)
    {
        DeviceObject device = MakeDevice();
        client.Add(device);
        client.Add(new Portfolio());
        client.Add(new Temperature(21.5));
        client.Add(new LightControl());
        client.Add(new TestObject());
        return device;
    }

    private static DeviceObject MakeDevice()
    {
        var device = new DeviceObject("Lwm2m.Client", "DemoClient", "0001", "0.1.0", capacity: 64) { Clock = new WallClock() };
        device.Definition.Without(DeviceResource.ResetErrorCode);
        device.SetPowerSource(0, source: 1, millivolts: 3800, milliamperes: 125);
        device.SetPowerSource(1, source: 5, millivolts: 5000, milliamperes: 900);
        device.Set(0, DeviceResource.BatteryLevel, 87L);
        device.Set(0, DeviceResource.MemoryFree, 64L);
        device.Set(0, DeviceResource.UtcOffset, "+00:00");
        device.Set(0, DeviceResource.Timezone, "Etc/UTC");
        return device;
    }
}
