using System;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Samples.Objects;

namespace Lwm2m.Client.Tests.Conformance;

/// <summary>
/// The configurations of the enabler test specifications, as clients with accounts without security: what they say of keys
/// is left out.
/// </summary>
internal static class Configuration
{
    /// <summary>C.1: one account, lifetime 86400, no storing of notifications; manufacturer, model and serial number.</summary>
    public static Bed C1(Action<ClientOptions>? options = null, Action<Lwm2mClient>? setUp = null, int lifetime = 86400, int servers = 1)
    {
        return new Bed(
            o =>
            {
                o.WallClock = new FixedClock();
                options?.Invoke(o);
            },
            client =>
            {
                for (int server = 0; server < servers; server++)
                    client.Servers.Set(server, ServerResource.NotificationStoring, false);
                setUp?.Invoke(client);
                if (client.Find(3) == null)
                    client.Add(Device());
            },
            lifetime,
            servers);
    }

    /// <summary>C.3: C.1 with default periods of 1 and 10 s, and a disable timeout.</summary>
    public static Bed C3(Action<ClientOptions>? options = null, Action<Lwm2mClient>? setUp = null, int servers = 1)
    {
        return C1(
            options,
            client =>
            {
                for (int server = 0; server < servers; server++)
                {
                    client.Servers.Set(server, ServerResource.DefaultMinimumPeriod, 1);
                    client.Servers.Set(server, ServerResource.DefaultMaximumPeriod, 10);
                    client.Servers.Set(server, ServerResource.DisableTimeout, 86400);
                }

                setUp?.Invoke(client);
            },
            servers: servers);
    }

    /// <summary>C.4: C.3 with two power sources and a battery.</summary>
    public static Bed C4(DeviceObject device, Action<ClientOptions>? options = null, Action<Lwm2mClient>? setUp = null, int servers = 1)
    {
        return C3(
            options,
            client =>
            {
                client.Add(device);
                setUp?.Invoke(client);
            },
            servers);
    }

    /// <summary>The device of C.1.</summary>
    public static DeviceObject Device() => new("Open Mobile Alliance", "Lightweight M2M Client", "345000123");

    /// <summary>The device of C.4.</summary>
    public static DeviceObject PoweredDevice()
    {
        DeviceObject device = Device();
        device.SetPowerSource(0, 1, 3800, 125);
        device.SetPowerSource(1, 2, 5000, 900);
        device.Set(0, DeviceResource.BatteryLevel, 100);
        return device;
    }

    /// <summary>C.12: the portfolio with an instance of four identities.</summary>
    public static Portfolio Portfolio()
    {
        var portfolio = new Portfolio { AllowCreate = true };
        portfolio.AddInstance(0);
        portfolio.SetInstance(0, 0, 0, "Host Device ID #1");
        portfolio.SetInstance(0, 0, 1, "Host Device Manufacturer #1");
        portfolio.SetInstance(0, 0, 2, "Host Device Model #1");
        portfolio.SetInstance(0, 0, 3, "Host Device Software Version #1");
        return portfolio;
    }
}
