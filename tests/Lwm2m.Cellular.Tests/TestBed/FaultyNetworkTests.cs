using Lwm2m.Client;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests;

/// <summary>A modem that loses and repeats reports, starts anew in mid-command, flips its echo and writes rubbish: when that is over, all is well by itself.</summary>
internal sealed class FaultyNetworkTests
{
    private const string Value = "B433333033" + "0130" + "0435373030";

    // Not BG96 without IP: nobody knows whether it hands data out in digits before it was sent some.
    [Test]
    public void After_faults_a_device_answers(
        [Values("generic N", "sara-r4 N", "nrf91 N", "sim7080 N", "bc660 U", "bg96 U", "sara-r4 U", "nrf91 U", "sim7080 U")] string bearer, [Range(1, 4)] int seed)
    {
        string profile = bearer[..^2];
        using NetworkBed bed = new(profile, options: options => options.Seed = seed);
        ModemProfile spoken = ModemProfile.Find(profile)!;
        if (bearer[^1] == 'N')
            bed.Start("coap+nidd://lwm2m.nidd", new NonIpTransport(bed.Modem, new NonIpOptions { Profile = spoken }));
        else
            bed.Start("coap://192.0.2.1:5683", new ModemSocketTransport(bed.Modem, new ModemSocketOptions { Profile = spoken, Apn = "internet" }));
        bed.RunUntil(() => bed.State == RegistrationState.Registered, 120);
        var faults = bed.Simulated.Faults;
        faults.UrcLoss = 0.2;
        faults.UrcRepetition = 0.2;
        faults.ResetInCommand = 0.02;
        faults.EchoFlip = 0.1;
        faults.Garbage = 0.1;
        faults.UrcsBetweenLines = true;
        faults.ChunkBytes = 3;
        for (int round = 0; round < 20; round++)
        {
            bed.Sensor.Set(0, 5700, round);
            bed.Ask(0x01, Value, seconds: 60);
            bed.Run(60);
        }

        faults.Clear();
        bed.Run(1800);
        Assert.That(bed.RunUntil(() => bed.State == RegistrationState.Registered, 7200), Is.True, "registered");
        Assert.That(bed.Ask(0x01, Value, seconds: 1200), Is.EqualTo("2.05 19"));
    }
}
