using Lwm2m.Client.Tests.Model;
using Lwm2m.Samples.Objects;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Objects;

public class TemperatureTests
{
    [Test]
    public void A_new_sensor_shows_its_first_value()
    {
        Bench bench = new(new Temperature(21.5));
        Assert.That(bench.Text(0, 5700), Is.EqualTo("21.5"));
        Assert.That(bench.Text(0, 5601), Is.EqualTo("21.5"));
        Assert.That(bench.Text(0, 5602), Is.EqualTo("21.5"));
        Assert.That(bench.Text(0, 5701), Is.EqualTo("Cel"));
        Assert.That(bench.Text(0, 5603), Is.EqualTo("[NotFound]"));
        Assert.That(bench.Tested.Definition.Version, Is.EqualTo("1.0"));
    }

    [Test]
    public void The_smallest_and_largest_value_are_kept_until_they_are_reset()
    {
        Temperature temperature = new(20);
        Bench bench = new(temperature);
        temperature.Report(0, 25.25);
        temperature.Report(0, -3);
        temperature.Report(0, 7);
        Assert.That(bench.Text(0, 5601), Is.EqualTo("-3"));
        Assert.That(bench.Text(0, 5602), Is.EqualTo("25.25"));
        bench.Heard.Clear();
        Assert.That(bench.Post(0, 5605), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(0, 5601), Is.EqualTo("7"));
        Assert.That(bench.Text(0, 5602), Is.EqualTo("7"));
        Assert.That(bench.Heard, Is.EqualTo(new[] { "/3303/0/5601", "/3303/0/5602" }));
    }

    [Test]
    public void A_value_set_on_the_console_counts_too()
    {
        Temperature temperature = new(20);
        Bench bench = new(temperature);
        Assert.That(temperature.SetText(0, Temperature.SensorValue, -1, "30.5"), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(0, 5602), Is.EqualTo("30.5"));
        Assert.That(bench.Heard, Does.Contain("/3303/0/5700").And.Contain("/3303/0/5602"));
    }

    [Test]
    public void Sensors_are_told_apart_and_cannot_be_created_by_a_server()
    {
        Temperature temperature = new(20, maxSensors: 3);
        Bench bench = new(temperature);
        temperature.AddSensor(1, 293, "K");
        temperature.AddSensor(2, 22);
        Assert.That(bench.Text(1, 5701), Is.EqualTo("K"));
        Assert.That(bench.Text(0, 5602), Is.EqualTo("20"));
        Assert.That(bench.Tested.Create(3), Is.EqualTo(Outcome.MethodNotAllowed));
        Assert.That(() => temperature.AddSensor(3, 1), Throws.InvalidOperationException);
    }

    [Test]
    public void Every_resource_of_every_sensor_has_room()
    {
        Temperature temperature = new(20, maxSensors: 2);
        temperature.AddSensor(1, 21);
        for (int instance = 0; instance < 2; instance++)
        {
            temperature.Set(instance, Temperature.MinRangeValue, -40);
            temperature.Set(instance, Temperature.MaxRangeValue, 125);
        }

        Assert.That(new Bench(temperature).Text(1, 5604), Is.EqualTo("125"));
    }
}
