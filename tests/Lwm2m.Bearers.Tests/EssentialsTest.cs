using System.Threading.Tasks;
using Lwm2m.Formats;
using Lwm2m.Samples;
using Lwm2m.Samples.Objects;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

/// <summary>What shows that a bearer works: one test for each modem, and for each bearer with a secure session around all messages.</summary>
public abstract class EssentialsTest : BearerTest
{
    [Test]
    public async Task Registers_reads_and_notifies()
    {
        Registration device = await RegisterAsync();
        Assert.That(device.Binding, Is.EqualTo(_bench.Binding.ToString()));
        Assert.That((await InTimeAsync(device.ReadAsync("/3303/0/5700", ContentFormat.PlainText))).Value, Is.EqualTo(21.5));
        Observation observation = await InTimeAsync(device.ObserveAsync("/3303/0/5700"));
        _temperature.Set(0, Temperature.SensorValue, 22.5);
        Assert.That((await InTimeAsync(observation.NextAsync().AsTask())).Value, Is.EqualTo(22.5));
    }
}
