using System;
using System.Linq;
using Lwm2m.Samples.ModemSimulator;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests;

/// <summary>The modem machine against simulated modems, which were written from the makers' manuals and know nothing of the machine.</summary>
[TestFixture]
internal sealed class SimulatedModemTests
{
    private static readonly TimeSpan StartUp = TimeSpan.FromSeconds(30);

    [TestCase("generic")]
    [TestCase("bc66")]
    [TestCase("bc660")]
    [TestCase("bg95")]
    [TestCase("bg96")]
    [TestCase("sara-n")]
    [TestCase("sara-r4")]
    [TestCase("sara-r5")]
    [TestCase("sim7020")]
    [TestCase("sim7080")]
    [TestCase("nrf91")]
    public void Modem_is_ready_and_tells_of_itself(string profile)
    {
        using SimulatorBed bed = new(profile, new ModemOptions { ActiveTimeSeconds = 60, PeriodicUpdateSeconds = 3600 });

        bed.Advance(StartUp);

        CellularModem modem = bed.Machine;
        Assert.That(modem.State, Is.EqualTo(ModemState.Ready), string.Join('\n', bed.Heard));
        Assert.That(modem.IsRegistered);
        Assert.That((modem.Imei, modem.Imsi), Is.EqualTo(("350457790000018", "262011234567890")));
        Assert.That((modem.MobileCountryCode, modem.MobileNetworkCode), Is.EqualTo((262, 1)));
        Assert.That(modem.GrantedActiveTimeSeconds, Is.EqualTo(60));
        Assert.That(bed.Heard.Where(h => h.StartsWith("failure", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Sim_is_opened_with_its_pin()
    {
        using SimulatorBed bed = new("generic", new ModemOptions { Pin = "4711" }, o => o.Pin = "4711");

        bed.Advance(StartUp);

        Assert.That(bed.Machine.State, Is.EqualTo(ModemState.Ready));
    }

    [Test]
    public void Wrong_pin_is_entered_once_and_told()
    {
        using SimulatorBed bed = new("generic", new ModemOptions { Pin = "0000" }, o => o.Pin = "4711");

        bed.Advance(TimeSpan.FromHours(1));

        Assert.That(bed.Heard.Count(h => h == "failure SimPin"), Is.EqualTo(1));
        Assert.That(bed.Modem.Sim, Is.EqualTo(SimState.PinRequired));
    }

    [Test]
    public void Missing_sim_is_told()
    {
        using SimulatorBed bed = new("generic", new ModemOptions(), o => o.HasSim = false);

        bed.Advance(StartUp);

        Assert.That(bed.Heard, Does.Contain("failure SimMissing"));
    }

    [Test]
    public void Silent_modem_is_told_within_30_seconds_and_found_when_it_speaks()
    {
        using SimulatorBed bed = new("generic", new ModemOptions());
        bed.Modem.Faults.IsSilent = true;

        bed.Advance(TimeSpan.FromSeconds(30));
        Assert.That(bed.Heard, Does.Contain("failure ModemSilent"));

        bed.Modem.Faults.Clear();
        bed.Advance(StartUp);
        Assert.That(bed.Machine.State, Is.EqualTo(ModemState.Ready));
    }

    [Test]
    public void Hour_without_coverage_passes()
    {
        using SimulatorBed bed = new("generic", new ModemOptions());
        bed.Advance(StartUp);

        bed.Modem.LoseCoverage(TimeSpan.FromHours(1));
        bed.Advance(TimeSpan.FromMinutes(59));
        Assert.That(bed.Heard, Does.Contain("failure NoNetwork"));
        Assert.That(bed.Machine.IsRegistered, Is.False);

        bed.Advance(TimeSpan.FromMinutes(3));
        Assert.That(bed.Machine.State, Is.EqualTo(ModemState.Ready));
    }

    [Test]
    public void Modem_that_resets_itself_is_ready_again([Values("generic", "bg95", "nrf91")] string profile, [Values] bool whileIdle)
    {
        using SimulatorBed bed = new(profile, new ModemOptions { SignalPeriodSeconds = 60 });
        bed.Advance(StartUp);
        int before = bed.Heard.Count;

        if (whileIdle)
            bed.Modem.Reset();
        else
        {
            bed.Modem.Faults.ResetInNext("+CESQ");
            bed.Machine.RequestSignal();
        }

        bed.Advance(TimeSpan.FromMinutes(3));
        Assert.That(bed.Heard.Skip(before), Does.Contain("state Searching"), "unnoticed");
        Assert.That(bed.Machine.State, Is.EqualTo(ModemState.Ready));
        Assert.That(bed.Machine.RsrpDbm, Is.EqualTo(-95));
    }

    [Test]
    public void Modem_with_faults_never_confuses_the_machine_for_long([Range(1, 12)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        using SimulatorBed bed = new(seed % 2 == 0 ? "generic" : "bg95", new ModemOptions { SignalPeriodSeconds = 60 }, o => o.Seed = seed);
        ModemFaults faults = bed.Modem.Faults;
        faults.EchoFlip = 0.05;
        faults.Garbage = 0.05;
        faults.UrcLoss = 0.2;
        faults.UrcRepetition = 0.1;
        faults.ResetInCommand = 0.01;
        faults.UrcsBetweenLines = true;
        faults.ChunkBytes = seed;

        for (int round = 0; round < 200; round++)
        {
            bed.Machine.RequestSignal();
            bed.Advance(TimeSpan.FromSeconds(5));
        }

        faults.Clear();
        bed.Advance(TimeSpan.FromMinutes(5));
        Assert.That(bed.Machine.State, Is.EqualTo(ModemState.Ready), string.Join('\n', bed.Heard));
        bed.Heard.Clear();
        bed.Machine.RequestSignal();
        bed.Advance(TimeSpan.FromMinutes(10));
        Assert.That(bed.Heard, Is.Empty);
        Assert.That((bed.Machine.RsrpDbm, bed.Machine.RsrqTenthDb), Is.EqualTo((-95, -100)));
    }
}
