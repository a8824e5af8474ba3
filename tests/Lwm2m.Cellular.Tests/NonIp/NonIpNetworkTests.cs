using System;
using System.Linq;
using Lwm2m.Client;
using Lwm2m.Samples.ModemSimulator;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.NonIp;

/// <summary>A client without IP: through a simulated modem of each kind to a server and back.</summary>
internal sealed class NonIpNetworkTests
{
    private const string Uri = "coap+nidd://lwm2m.nidd";
    private const string Value = "B433333033" + "0130" + "0435373030";
    private const string Text = "B433333033" + "0130" + "0435373530";

    [Test]
    public void A_device_registers_is_read_observed_and_written([Values("generic", "bc66", "bc660", "bg95", "bg96", "sara-n", "sara-r4", "sara-r5", "sim7020", "sim7080", "nrf91")] string profile)
    {
        using NetworkBed bed = Started(profile, out _);
        Assert.That(bed.RunUntil(() => bed.State == RegistrationState.Registered, 120), Is.True, "registered");
        Assert.That(bed.Registrations, Is.EqualTo(1));
        Assert.That(bed.Ask(0x01, Value), Is.EqualTo("2.05 21.5"));
        string text = new('x', 250);
        Assert.That(Write(bed, text, 2), Is.EqualTo("2.04 "));
        Assert.That(Read(bed, 3), Is.EqualTo(text));

        // Observe, with the default attributes.
        Assert.That(bed.Ask(0x01, "60" + "5433333033" + "0130" + "0435373030"), Is.EqualTo("2.05 21.5"));
        bed.Answers.Clear();
        bed.Sensor.Set(0, 5700, 22.5);
        Assert.That(bed.RunUntil(() => bed.Answers.Count > 0, 60), Is.True, "notified");
        byte[] notification = bed.Answers[0];
        Assert.That(Convert.ToHexString(notification), Does.EndWith("FF" + "32322E35"));
        Assert.That(notification, Has.Length.LessThanOrEqualTo(15));
    }

    [Test]
    public void The_operators_quota_is_kept_and_answers_are_not_dropped()
    {
        using NetworkBed bed = new("generic", new NonIpApnOptions { RateUnit = 1, MaxUplinkRate = 8 });
        NonIpTransport transport = new(bed.Modem, new NonIpOptions { ReserveMessages = 3 });
        bed.Start(Uri, transport);
        Assert.That(bed.RunUntil(() => bed.State == RegistrationState.Registered, 120), Is.True, "registered");
        Assert.That(bed.Ask(0x01, "60" + "5433333033" + "0130" + "0435373030"), Is.EqualTo("2.05 21.5"));
        bed.Answers.Clear();
        for (int minute = 0; minute < 10; minute++)
        {
            for (int change = 0; change < 20; change++)
            {
                bed.Sensor.Set(0, 5700, minute + change / 100.0);
                bed.Run(3);
            }

            Assert.That(bed.Ask(0x01, Value), Does.StartWith("2.05 "));
        }

        Assert.That(bed.Apn.OverRate, Is.Zero);
        int notifications = bed.Answers.Count(answer => answer[0] >> 4 != 6);
        Assert.That(notifications, Is.InRange(20, 60));
        bed.Run(120);
        // The last value comes, though later.
        Assert.That(bed.Answers.Any(answer => Convert.ToHexString(answer).EndsWith("FF" + "392E3139", StringComparison.Ordinal)), Is.True);
    }

    [Test]
    public void A_reset_of_the_modem_costs_no_registration([Values("generic", "nrf91")] string profile)
    {
        using NetworkBed bed = Started(profile, out _);
        bed.RunUntil(() => bed.State == RegistrationState.Registered, 120);
        bed.Simulated.Reset();
        // Where it says nothing of it, the next question to the modem finds out.
        bed.Run(700);
        Assert.That(bed.Ask(0x01, Value), Is.EqualTo("2.05 21.5"));
        Assert.That(bed.Registrations, Is.EqualTo(1));
    }

    [Test]
    public void A_context_that_is_active_with_another_definition_is_made_anew()
    {
        // The radio stays on: the modem attached with IP before it was told of the access point.
        using NetworkBed bed = new("generic", machine: options => options.RadioOffCommand = null);
        bed.Start(Uri, new NonIpTransport(bed.Modem, new NonIpOptions()));
        Assert.That(bed.RunUntil(() => bed.State == RegistrationState.Registered, 180), Is.True, "registered");
        Assert.That(bed.Ask(0x01, Value), Is.EqualTo("2.05 21.5"));
    }

    [Test]
    public void An_hour_without_coverage_ends_by_itself()
    {
        using NetworkBed bed = Started("generic", out _);
        bed.RunUntil(() => bed.State == RegistrationState.Registered, 120);
        bed.Simulated.LoseCoverage(TimeSpan.FromHours(1));
        bed.Sensor.Set(0, 5700, 30);
        bed.Run(3700);
        Assert.That(bed.RunUntil(() => bed.State == RegistrationState.Registered, 300), Is.True, "registered");
        Assert.That(bed.Ask(0x01, Value), Is.EqualTo("2.05 30"));
    }

    [Test]
    public void Lost_reports_and_refused_messages_only_delay([Values("generic", "bg96", "nrf91")] string profile)
    {
        using NetworkBed bed = Started(profile, out _);
        bed.Simulated.Faults.UrcLoss = 0.3;
        Assert.That(bed.RunUntil(() => bed.State == RegistrationState.Registered, 1800), Is.True, "registered");
        for (int round = 0; round < 10; round++)
            Assert.That(bed.Ask(0x01, Value, seconds: 600), Is.EqualTo("2.05 21.5"));
    }

    [Test]
    public void Data_on_the_user_plane_arrives()
    {
        using NetworkBed bed = new("bc660", options: options => options.UsesUserPlane = true);
        bed.Start(Uri, new NonIpTransport(bed.Modem, new NonIpOptions { Profile = ModemProfile.Find("bc660") }));
        Assert.That(bed.RunUntil(() => bed.State == RegistrationState.Registered, 120), Is.True, "registered");
        Assert.That(bed.Ask(0x01, Value), Is.EqualTo("2.05 21.5"));
    }

    [Test]
    public void A_small_MTU_is_kept()
    {
        using NetworkBed bed = new("generic", new NonIpApnOptions { Mtu = 128 });
        NonIpTransport transport = new(bed.Modem, new NonIpOptions());
        bed.Start(Uri, transport);
        Assert.That(bed.RunUntil(() => bed.State == RegistrationState.Registered, 120), Is.True, "registered");
        Assert.That(transport.MaxDatagramBytes(0), Is.EqualTo(128));
        string text = new('y', 200);
        Assert.That(Write(bed, text, 2), Is.EqualTo("2.04 "));
        Assert.That(Read(bed, 2), Is.EqualTo(text));
        Assert.That(bed.Apn.OverMtu, Is.Zero);
    }

    private static NetworkBed Started(string profile, out NonIpTransport transport)
    {
        NetworkBed bed = new(profile);
        transport = new NonIpTransport(bed.Modem, new NonIpOptions { Profile = ModemProfile.Find(profile) });
        bed.Start(Uri, transport);
        return bed;
    }

    /// <summary>Writes in blocks of 16 &lt;&lt; size bytes.</summary>
    private static string Write(NetworkBed bed, string text, int size = 4)
    {
        string last = "";
        int bytes = 16 << size;
        for (int number = 0; number * bytes < text.Length; number++)
        {
            bool more = (number + 1) * bytes < text.Length;
            string part = text.Substring(number * bytes, Math.Min(bytes, text.Length - number * bytes));
            int block = (number << 4) | (more ? 8 : 0) | size;
            // Content-Format text, Block1.
            last = bed.Ask(0x03, Text + "10" + "D102" + block.ToString("X2") + "FF", part);
        }

        return last;
    }

    /// <summary>Reads in blocks of 16 &lt;&lt; size bytes.</summary>
    private static string Read(NetworkBed bed, int size)
    {
        string all = "";
        for (int number = 0; ; number++)
        {
            int block = (number << 4) | size;
            string part = bed.Ask(0x01, Text + "C1" + block.ToString("X2"));
            Assert.That(part, Does.StartWith("2.05 "));
            all += part[5..];
            if (part.Length - 5 < 16 << size)
                return all;
        }
    }
}
