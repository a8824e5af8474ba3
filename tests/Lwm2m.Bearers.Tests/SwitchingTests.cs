using System;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using Lwm2m.Client;
using Lwm2m.Coap;
using Lwm2m.Formats;
using Lwm2m.Samples;
using Lwm2m.Samples.ModemSimulator;
using Lwm2m.Samples.Objects;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

/// <summary>A device with several ways: short messages wake it, and a server moves it from one way to another.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class SwitchingTests : BearerTest
{
    private SeveralWaysBench Ways => (SeveralWaysBench)_bench;

    protected override Task<Bench> MakeBenchAsync() => Task.FromResult<Bench>(new SeveralWaysBench());

    [Test]
    public async Task A_short_message_wakes_a_sleeping_client([Values("U", "N")] string binding, [Values] bool isWapPush)
    {
        Registration device = await SleepAsync(binding);
        Task updated = device.NextUpdateAsync();
        Trigger(null, isWapPush);
        await InTimeAsync(updated);
        Assert.That(Server.Find(Client.Endpoint), Is.SameAs(device), "an Update, no new registration");
        Assert.That((await InTimeAsync(device.ReadAsync("/3303/0/5700"))).Value, Is.EqualTo(21.5));
    }

    [Test]
    public async Task Nobody_else_wakes_it()
    {
        Registration device = await SleepAsync("N");
        Ways.Network.SendTrigger(Ways.Simulated.Number, Post(null), from: "+491700000666");
        // A second one, of the server, comes behind it.
        Task updated = device.NextUpdateAsync();
        await Task.Delay(300);
        Assert.That((updated.IsCompleted, Client.Account(0).State), Is.EqualTo((false, RegistrationState.Asleep)));
        Trigger(null);
        await InTimeAsync(updated);
    }

    [Test]
    public async Task A_trigger_moves_a_sleeping_device_to_udp_and_another_one_back()
    {
        Registration device = await SleepAsync("NU");
        Assert.That(Packets(), Is.Positive);
        IPEndPoint nonIp = device.Address;

        Trigger("0='U'");
        device = await MovedAsync(found => !found.Address.Equals(nonIp));
        int packets = Packets();
        // What a download costs goes over UDP, in blocks.
        byte[] image = new byte[4000];
        Array.Fill(image, (byte)0x5A);
        Assert.That((await InTimeAsync(device.WriteAsync("/3442/0/150", image))).CodeText, Is.EqualTo("2.04"));
        Answer read = await InTimeAsync(device.ReadAsync("/3442/0/150", ContentFormat.OctetStream));
        Assert.That(read.Payload, Is.EqualTo(image));
        Assert.That(Packets(), Is.EqualTo(packets));

        await InTimeAsync(UntilAsync(() => Client.Account(0).State == RegistrationState.Asleep));
        Trigger("0='N'");
        device = await MovedAsync(found => found.Address.Equals(nonIp));
        Assert.That((await InTimeAsync(device.ReadAsync("/3303/0/5700"))).Value, Is.EqualTo(21.5));
        Assert.That(Packets(), Is.GreaterThan(packets));
    }

    [Test]
    public async Task Two_servers_over_two_bearers_at_once()
    {
        await using LocalServer other = LocalServer.Start(new LocalServerOptions { Port = 0 });
        Make(null);
        Client.AddServer("tel:" + SmsBench.Number, 1, 3600, "S");
        Client.AddServer(other.Uri, 2, 3600, "U");
        Registration bySms = await StartAsync();
        Registration byUdp = await InTimeAsync(other.WaitForRegistrationAsync(Client.Endpoint));
        Observation first = await InTimeAsync(bySms.ObserveAsync("/3303/0/5700"));
        Observation second = await InTimeAsync(byUdp.ObserveAsync("/3303/0/5700"));
        _temperature.Set(0, Temperature.SensorValue, 22.5);
        Assert.That((await InTimeAsync(first.NextAsync().AsTask())).Value, Is.EqualTo(22.5));
        Assert.That((await InTimeAsync(second.NextAsync().AsTask())).Value, Is.EqualTo(22.5));
        Assert.That((bySms.Binding, byUdp.Binding), Is.EqualTo(("S", "U")));
        // While both are there.
        await _leave.CancelAsync();
        await _running;
    }

    private async Task<Registration> SleepAsync(string binding)
    {
        Make(options =>
        {
            options.QueueMode = true;
            options.AwakeMs = 1500;
        });
        Client.AddServer(Server.Uri, 1, 3600, binding);
        Client.Security.Set(Client.Security.InstanceAt(0), SecurityResource.ServerSmsNumber, SmsBench.Number);
        Client.Servers.Set(0, ServerResource.Trigger, true);
        Registration device = await StartAsync();
        await InTimeAsync(UntilAsync(() => Client.Account(0).State == RegistrationState.Asleep));
        return device;
    }

    private async Task<Registration> MovedAsync(Func<Registration, bool> isThere)
    {
        await InTimeAsync(UntilAsync(() =>
            Client.Account(0).State == RegistrationState.Registered && Server.Find(Client.Endpoint) is { IsActive: true } found && isThere(found)));
        return Server.Find(Client.Endpoint)!;
    }

    private int Packets() => (int)Ways.Simulated.Traffic[Bearer.NonIp, AirDirection.Up].Messages;

    private void Trigger(string? arguments, bool isWapPush = false) => Ways.Network.SendTrigger(Ways.Simulated.Number, Post(arguments), isWapPush, SmsBench.Number);

    // POST /1/0/8, the Registration Update Trigger.
    private static byte[] Post(string? arguments)
    {
        byte[] buffer = new byte[64];
        var writer = new CoapWriter();
        writer.Begin(buffer, 0, buffer.Length);
        writer.Header(CoapType.NonConfirmable, CoapCode.Post, 0x7101, [7], 0, 1);
        writer.StringOption(CoapOption.UriPath, "1");
        writer.StringOption(CoapOption.UriPath, "0");
        writer.StringOption(CoapOption.UriPath, "8");
        if (arguments != null)
        {
            byte[] payload = Encoding.ASCII.GetBytes(arguments);
            writer.Payload(payload, 0, payload.Length);
        }

        return buffer[..writer.Length];
    }
}
