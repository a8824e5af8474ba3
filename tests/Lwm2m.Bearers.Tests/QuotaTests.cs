using Lwm2m.Samples.ModemSimulator;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

/// <summary>An operator that counts packets, and drops what is too many without a word.</summary>
public sealed class QuotaTests
{
    [Test]
    public void Notifications_wait_for_the_quota_and_answers_do_not()
    {
        // Seven Updates an hour and three answers have to find room beside the notifications.
        using var world = new FaultWorld('N', 1, FaultKinds.None, new NonIpApnOptions { RateUnit = 2, MaxUplinkRate = 30 }, reserve: 12);
        // Three hours: 360 values, and nine reads, each of which is answered within a minute.
        int notified = world.LiveWithinAQuota(changes: 360, pauseMs: 30_000, changesBetweenReads: 40);
        Assert.That(world.Apn!.OverRate, Is.Zero);
        Assert.That(notified, Is.InRange(20, 60));
    }
}
