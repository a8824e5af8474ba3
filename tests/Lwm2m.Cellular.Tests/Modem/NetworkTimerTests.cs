using NUnit.Framework;

namespace Lwm2m.Cellular.Tests;

/// <summary>The timers of power saving in their octets (24.008 10.5.7.4).</summary>
[TestFixture]
internal sealed class NetworkTimerTests
{
    [TestCase(0, 0b000_00000)]
    [TestCase(1, 0b000_00001)]
    [TestCase(20, 0b000_01010)]
    [TestCase(62, 0b000_11111)]
    [TestCase(63, 0b001_00010)]
    [TestCase(1860, 0b001_11111)]
    [TestCase(1861, 0b010_00110)]
    [TestCase(int.MaxValue, 0b010_11111)]
    public void Active_time_is_rounded_up(int seconds, int octet) => Assert.That(NetworkTimer.ActiveTime(seconds), Is.EqualTo(octet));

    [TestCase(2, 0b011_00001)]
    [TestCase(62, 0b011_11111)]
    [TestCase(63, 0b100_00011)]
    [TestCase(931, 0b101_10000)]
    [TestCase(1861, 0b000_00100)]
    [TestCase(86400, 0b001_11000)]
    [TestCase(360000, 0b010_01010)]
    [TestCase(2000000, 0b110_00010)]
    [TestCase(int.MaxValue, 0b110_11111)]
    public void Periodic_update_is_rounded_up(int seconds, int octet) => Assert.That(NetworkTimer.PeriodicUpdate(seconds), Is.EqualTo(octet));
}
