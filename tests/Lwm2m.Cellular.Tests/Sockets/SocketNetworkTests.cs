using System;
using Lwm2m.Client;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Sockets;

/// <summary>A client over the sockets of a simulated modem of each kind.</summary>
internal sealed class SocketNetworkTests
{
    private const string Uri = "coap://192.0.2.1:5683";
    private const string Value = "B433333033" + "0130" + "0435373030";

    [Test]
    public void A_device_registers_is_read_and_observed([Values("bc66", "bc660", "bg95", "bg96", "sara-n", "sara-r4", "sara-r5", "sim7020", "sim7080", "nrf91")] string profile)
    {
        using NetworkBed bed = Started(profile);
        Assert.That(bed.RunUntil(() => bed.State == RegistrationState.Registered, 120), Is.True, "registered");
        Assert.That(bed.Registrations, Is.EqualTo(1));
        Assert.That(bed.Ask(0x01, Value), Is.EqualTo("2.05 21.5"));
        Assert.That(bed.Ask(0x01, "60" + "5433333033" + "0130" + "0435373030"), Is.EqualTo("2.05 21.5"));
        bed.Answers.Clear();
        bed.Sensor.Set(0, 5700, 22.5);
        Assert.That(bed.RunUntil(() => bed.Answers.Count > 0, 60), Is.True, "notified");
        Assert.That(Convert.ToHexString(bed.Answers[0]), Does.EndWith("FF" + "32322E35"));
    }

    [Test]
    public void A_reset_of_the_modem_is_a_lost_link_that_comes_back([Values("bc66", "bg96", "sara-r4")] string profile)
    {
        using NetworkBed bed = Started(profile);
        bed.RunUntil(() => bed.State == RegistrationState.Registered, 120);
        bed.Simulated.Reset();
        bed.Run(700);
        Assert.That(bed.RunUntil(() => bed.State == RegistrationState.Registered, 300), Is.True, "registered");
        Assert.That(bed.Ask(0x01, Value), Is.EqualTo("2.05 21.5"));
    }

    [Test]
    public void Lost_reports_only_delay([Values("bc66", "bg96", "sara-r4", "sim7020", "sim7080", "nrf91")] string profile)
    {
        using NetworkBed bed = Started(profile);
        bed.Simulated.Faults.UrcLoss = 0.3;
        Assert.That(bed.RunUntil(() => bed.State == RegistrationState.Registered, 3600), Is.True, "registered");
        for (int round = 0; round < 5; round++)
            Assert.That(bed.Ask(0x01, Value, seconds: 600), Is.EqualTo("2.05 21.5"));
    }

    [Test]
    public void A_trigger_moves_a_device_from_non_IP_to_UDP_and_back()
    {
        using NetworkBed bed = new("bg95");
        ModemProfile profile = ModemProfile.Find("bg95")!;
        NonIpTransport nonIp = new(bed.Modem, new NonIpOptions { Profile = profile, Apn = "lwm2m.nidd" });
        ModemSocketTransport udp = new(bed.Modem, new ModemSocketOptions { Profile = profile, Apn = "internet", Cid = 5 });
        bed.Client.AddServer(Uri, 1, 86400, "NU");
        bed.Client.UseTransport(nonIp);
        bed.Client.UseTransport(udp);
        bed.Client.Start();
        Assert.That(bed.RunUntil(() => bed.State == RegistrationState.Registered, 120), Is.True, "registered");
        Assert.That(Binding(nonIp, udp), Is.EqualTo('N'));
        // Execute /1/0/8 with 0='U', and back with 0='N'.
        Assert.That(bed.Ask(0x02, "B131" + "0130" + "0138" + "FF", "0='U'"), Is.EqualTo("2.04 "));
        bed.Run(60);
        Assert.That(bed.State, Is.EqualTo(RegistrationState.Registered));
        Assert.That(Binding(nonIp, udp), Is.EqualTo('U'));
        Assert.That(bed.Ask(0x01, Value), Is.EqualTo("2.05 21.5"));
        Assert.That(bed.Ask(0x02, "B131" + "0130" + "0138" + "FF", "0='N'"), Is.EqualTo("2.04 "));
        bed.Run(60);
        Assert.That(Binding(nonIp, udp), Is.EqualTo('N'));
        Assert.That(bed.Ask(0x01, Value), Is.EqualTo("2.05 21.5"));
    }

    /// <summary>The one that takes a message.</summary>
    private static char Binding(NonIpTransport nonIp, ModemSocketTransport udp) => nonIp.Send(0, new byte[] { 0x70, 0, 0, 0 }, 0, 4) ? 'N' : udp.Send(0, new byte[] { 0x70, 0, 0, 0 }, 0, 4) ? 'U' : '-';

    private static NetworkBed Started(string profile)
    {
        NetworkBed bed = new(profile);
        bed.Start(Uri, new ModemSocketTransport(bed.Modem, new ModemSocketOptions { Profile = ModemProfile.Find(profile), Apn = "internet" }));
        return bed;
    }
}
