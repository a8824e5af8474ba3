using System.Collections.Generic;
using Lwm2m.Client.Tests.Model;
using Lwm2m.Samples.Objects;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Objects;

public class LightControlTests
{
    [Test]
    public void A_new_light_is_off()
    {
        LightControl lights = new();
        Bench bench = new(lights);
        Assert.That(bench.Text(0, 5850), Is.EqualTo("0"));
        Assert.That(bench.Text(0, 5851), Is.EqualTo("0"));
        Assert.That(bench.Text(0, 5852), Is.EqualTo("0"));
        Assert.That(bench.Text(0, 5706), Is.EqualTo("#FFFFFF"));
        Assert.That(bench.Text(0, 5750), Is.Not.Empty.And.Not.StartsWith("["));
        Assert.That(lights.IsOn(0), Is.False);
        Assert.That(lights.Brightness(0), Is.Zero);
    }

    [Test]
    public void A_server_switches_and_dims()
    {
        LightControl lights = new();
        Bench bench = new(lights);
        List<int> seen = [];
        lights.Switched = (control, instance) => seen.Add(control.Brightness(instance));
        Assert.That(bench.PutText(0, 5851, "80"), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.PutText(0, 5850, "1"), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.PutText(0, 5851, "101"), Is.EqualTo(Outcome.BadRequest));
        Assert.That(bench.PutText(0, 5706, "#FF0000"), Is.EqualTo(Outcome.Ok));
        lights.Set(0, LightControl.Dimmer, 17);
        Assert.That(seen, Is.EqualTo(new[] { 0, 80, 17 }));
    }

    [Test]
    public void On_time_counts_while_the_light_is_on_and_is_reset_by_writing_0()
    {
        LightControl lights = new();
        Bench bench = new(lights);
        lights.CountOnTime(0, 60);
        Assert.That(bench.Text(0, 5852), Is.EqualTo("0"));
        lights.Set(0, LightControl.OnOff, true);
        lights.CountOnTime(0, 60);
        lights.CountOnTime(0, 5);
        Assert.That(bench.Text(0, 5852), Is.EqualTo("65"));
        Assert.That(bench.PutText(0, 5852, "0"), Is.EqualTo(Outcome.Ok));
        lights.CountOnTime(0, 3);
        Assert.That(bench.Text(0, 5852), Is.EqualTo("3"));
        Assert.That(bench.PutText(0, 5852, "-1"), Is.EqualTo(Outcome.BadRequest));
    }

    [Test]
    public void Every_resource_of_every_light_has_room()
    {
        LightControl lights = new(2);
        lights.AddLight(1, "#00FF00", "hall");
        for (int instance = 0; instance < 2; instance++)
        {
            lights.Set(instance, LightControl.SensorUnits, "Wh");
            lights.Set(instance, LightControl.CumulativeActivePower, 1.5);
            lights.Set(instance, LightControl.PowerFactor, 0.9);
        }

        Assert.That(new Bench(lights).Text(1, 5805), Is.EqualTo("1.5"));
    }

    [Test]
    public void A_colour_of_255_bytes_is_kept()
    {
        Bench bench = new(new LightControl());
        string colour = new('c', 255);
        Assert.That(bench.PutText(0, 5706, colour), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(0, 5706), Is.EqualTo(colour));
    }
}
